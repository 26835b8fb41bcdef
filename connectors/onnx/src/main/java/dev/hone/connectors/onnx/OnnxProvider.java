package dev.hone.connectors.onnx;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.common.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models in ONNX files, as the exporters for decoders write them, run by ONNX Runtime in this process. A workflow names one
 * as {@code onnx/NAME}; where it is says the operator in {@code HONE_ONNX_NAME}. A model is loaded when it is first asked
 * for, and stays.
 */
public final class OnnxProvider implements ModelCatalogue {

    private static final String PREFIX = "HONE_" + Installation.KIND.toUpperCase(Locale.ROOT) + "_";

    /** Of the process: a network takes as much memory as its file. */
    private static final Map<Installation, Network> LOADED = new HashMap<>();

    private final Map<String, String> environment;

    /** Reads the environment. */
    public OnnxProvider() {
        this(System.getenv());
    }

    OnnxProvider(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return Installation.KIND;
    }

    /**
     * {@inheritDoc} The settings are not used: there is no endpoint, no key and no price.
     *
     * @throws ConnectorException also of kind BROKEN when the model cannot be loaded
     */
    @Override
    public Model open(String model, ModelSettings settings) throws ConnectorException {
        Setting<Installation> setting = Installation.of(model, environment::get);
        return new OnnxModel(name() + "/" + model, setting.value(), network(setting));
    }

    private static Network network(Setting<Installation> setting) throws ConnectorException {
        synchronized (LOADED) {
            @Nullable Network known = LOADED.get(setting.value());
            if (known != null) {
                return known;
            }
            Network loaded = Network.load(setting);
            LOADED.put(setting.value(), loaded);
            return loaded;
        }
    }

    @Override
    public Listing list(ModelSettings settings, CallContext context) {
        List<String> names = environment.keySet().stream()
                .filter(variable -> variable.startsWith(PREFIX))
                .map(variable -> variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'))
                .sorted()
                .toList();
        return new Listing("in this process, from files", names);
    }
}
