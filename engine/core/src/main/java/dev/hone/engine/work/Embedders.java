package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Embedder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The embedders on the class path, and the vectors of the texts seen last. */
public final class Embedders {

    private static final int KEPT = 20_000;

    private record Text(String embedder, String text) {}

    private final Map<String, Embedder> embedders = new TreeMap<>();
    private final Map<Text, float[]> vectors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, float[]> eldest) {
            return size() > KEPT;
        }
    };

    private Embedders(Iterable<Embedder> found) {
        found.forEach(embedder -> embedders.put(embedder.name(), embedder));
    }

    /** Every embedder on the class path. */
    public static Embedders discovered() {
        return new Embedders(ServiceLoader.load(Embedder.class));
    }

    public Set<String> names() {
        return Set.copyOf(embedders.keySet());
    }

    /** The vector of a text; of anything else, of its JSON. */
    float[] embed(String name, JsonNode value) throws ConnectorException {
        String text = value.isTextual() ? value.textValue() : value.toString();
        Text key = new Text(name, text);
        synchronized (vectors) {
            float[] known = vectors.get(key);
            if (known != null) {
                return known;
            }
        }
        Embedder embedder = embedders.get(name);
        if (embedder == null) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNKNOWN,
                    "there is no embedder " + name,
                    "use one of " + String.join(", ", embedders.keySet()) + ", or put its jar on the class path");
        }
        float[] vector = embedder.embed(text);
        synchronized (vectors) {
            vectors.put(key, vector);
        }
        return vector;
    }

    /** Of vectors of length 1: the cosine of the angle between them. */
    static double similarity(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
