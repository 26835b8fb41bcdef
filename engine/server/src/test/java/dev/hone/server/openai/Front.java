package dev.hone.server.openai;

import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.Engine;
import dev.hone.engine.Source;
import dev.hone.server.Served;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A server with workflows whose model says again what it is told, in an order of chance when it is warm. */
public final class Front {

    public static final OpenAiServer MODELS = OpenAiServer.serving("echo", new EchoModel());

    private static final String ECHO = "{kind: model, init: compatible/echo, baseUrl: \"" + MODELS.baseUrl() + "\"";

    /** Without a model. */
    static final String PLAIN = """
            hone: 1
            name: plain
            input: {text: text}
            pools: {said: {}}
            budget: {calls: 1}
            flow:
              - exec: {id: speak, tool: compute, in: {value: "= text"}, take: "= out.value", out: words, into: said}
            """;

    static final String SAY = """
            # Says again what it is told.
            hone: 1
            name: say
            input: {text: text}
            slots: {speaker: %s}}
            pools: {said: {}}
            budget: {calls: 3}
            flow:
              - call: {id: speak, role: speaker, in: {text: "= text"}, prompt: "{{ text }}", out: words, into: said}
            """.formatted(ECHO);

    static final String SHUFFLE = """
            hone: 1
            name: shuffle
            input: {text: text}
            slots: {speaker: %s, temperature: 1.0}}
            pools: {said: {}}
            budget: {calls: 3}
            flow:
              - call: {id: speak, role: speaker, in: {text: "= text"}, prompt: "{{ text }}", out: words, into: said}
            """.formatted(ECHO);

    static final String WARM = """
            hone: 1
            name: warm
            input: {text: text}
            params: {temperature: 20}
            slots: {speaker: %s}}
            pools: {said: {}}
            budget: {calls: 3}
            flow:
              - call:
                  id: speak
                  role: speaker
                  in: {text: "= text", t: "= temperature"}
                  prompt: "{{ text }} at {{ t }} degrees"
                  out: words
                  into: said
            """.formatted(ECHO);

    static final String TWO = """
            hone: 1
            name: two
            input: {subject: text, mood: text}
            slots: {speaker: %s}}
            pools: {said: {}}
            budget: {calls: 3}
            flow:
              - call: {id: speak, role: speaker, in: {s: "= subject", m: "= mood"}, prompt: "{{ s }} is {{ m }}", out: words, into: said}
            """.formatted(ECHO);

    static final String TALK = """
            hone: 1
            name: talk
            input: {messages: list, system: text}
            slots: {speaker: %s}}
            pools: {said: {}}
            budget: {calls: 3}
            flow:
              - call:
                  id: speak
                  role: speaker
                  in: {m: "= messages", s: "= system"}
                  prompt: "{{ s }}{%% for one in m %%} {{ one.role }} says {{ one.content }}{%% endfor %%}"
                  out: words
                  into: said
            """.formatted(ECHO);

    static final String COUNT = """
            hone: 1
            name: count
            input: {words: list}
            pools: {counts: {}}
            budget: {calls: 1}
            flow:
              - exec: {id: count, tool: compute, in: {value: "= {number: count(words)}"}, out: counted, into: counts}
            """;

    static final String SEE = """
            hone: 1
            name: see
            input: {text: text, images: list}
            pools: {seen: {}}
            budget: {calls: 1}
            flow:
              - exec: {id: look, tool: compute, in: {value: "= {text: text, images: images}"}, out: sight, into: seen}
            """;

    static final String TIRED = """
            hone: 1
            name: tired
            input: {text: text}
            slots: {speaker: %s}}
            pools: {said: {}}
            budget: {calls: 2}
            flow:
              - loop: {id: again, max: 2}
                do:
                  - call: {id: speak, role: speaker, in: {text: "= text"}, prompt: "{{ text }}", out: words, into: said}
            """.formatted(ECHO);

    /** As TIRED, but what it waits for comes true. */
    static final String CONTENT = TIRED.replace("name: tired", "name: content")
            .replace("{id: again, max: 2}", "{id: again, max: 2, until: 1 = 1}");

    static final String ASKS = """
            hone: 1
            name: asks
            input: {text: text}
            pools: {said: {}}
            budget: {calls: 1, human: 1, time: PT1H}
            flow:
              - human: {id: look, form: edit, show: {text: "= text"}, out: answer}
            """;

    private static final Served SERVED = serve();

    static {
        Engine engine = SERVED.engine();
        for (String text : new String[] {SAY, SHUFFLE, WARM, TWO, TALK, COUNT, SEE, TIRED, CONTENT, ASKS}) {
            engine.deployments().deploy("default", "tester", new Source("workflow.yaml", text));
        }
        engine.deployments()
                .deploy("other", "somebody", new Source("secret.yaml", SAY.replace("name: say", "name: secret")));
    }

    private Front() {}

    /** It lives as long as the tests do. */
    private static Served serve() {
        try {
            Served started =
                    Served.start(Files.createTempDirectory("hone-front-"), Map.of("hone.allow.base-urls", "127.0.0.1"));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Served served() {
        return SERVED;
    }

    static String url() {
        return SERVED.address() + "/v1";
    }
}
