package dev.hone.server.watch;

import dev.hone.engine.Engine;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The workflow of a run, of the runs of late without asking the ledger. */
@Singleton
class Workflows {

    private static final int KNOWN = 10_000;

    private final Engine engine;
    private final Map<String, String> names = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KNOWN;
        }
    };

    Workflows(Engine engine) {
        this.engine = engine;
    }

    String of(String run) {
        synchronized (names) {
            String known = names.get(run);
            if (known != null) {
                return known;
            }
        }
        String name = engine.run(run).workflow();
        synchronized (names) {
            names.put(run, name);
        }
        return name;
    }
}
