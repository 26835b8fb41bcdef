package dev.hone.server;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.TextFile;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server is to be, of four places: the command line, the environment, a file and the defaults, of which the earlier
 * count before the later.
 *
 * @param flags by the names of the settings
 * @param file what the operator's file says, by the names of the settings
 */
public record Configuration(Map<String, Object> flags, Map<String, Object> file) {

    private static final int OF_FILE = -250; // before application.yml, behind the environment
    private static final int OF_FLAGS = 1_000;
    private static final String AUTH = "hone.security.auth";

    /** @throws EngineException when the file cannot be read or has settings that there are not */
    public static Configuration of(Map<String, Object> flags, Optional<Path> file) {
        Map<String, Object> read = file.map(Configuration::read).orElse(Map.of());
        List<Problem> problems = new ArrayList<>();
        for (String name : read.keySet()) {
            if (name.startsWith("hone.") && Setting.of(name).isEmpty()) {
                problems.add(Problem.of(
                        ProblemCode.UNKNOWN_KEY,
                        "there is no setting " + name + " in " + file.orElseThrow() + ".",
                        Nearest.to(name, Setting.names())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("hone serve --print-config lists what can be set.")));
            } else if (!name.startsWith("hone.") && !name.startsWith("micronaut.") && !name.startsWith("otel.")) {
                problems.add(Problem.of(
                        ProblemCode.UNKNOWN_KEY,
                        "there is no setting " + name + " in " + file.orElseThrow() + ".",
                        "Put the settings under the key hone; hone serve --print-config lists them."));
            }
        }
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return new Configuration(Map.copyOf(flags), read);
    }

    private static Map<String, Object> read(Path file) {
        String text = new TextFile(file).read();
        try {
            return new LinkedHashMap<>(new YamlPropertySourceLoader()
                    .read(file.toString(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException | RuntimeException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.YAML_SYNTAX,
                            "the settings in " + file + " cannot be read: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("no YAML") + ".",
                            "Write them as YAML, under the key hone."),
                    e);
        }
    }

    /** Not started. */
    ApplicationContext context() {
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .propertySources(PropertySource.of("file", file, OF_FILE), PropertySource.of("flags", flags, OF_FLAGS))
                .build();
    }

    /** All settings with their values, and where each comes from. Values of secrets are not among them. */
    public String print() {
        StringBuilder text = new StringBuilder();
        try (ApplicationContext context = context()) {
            context.getEnvironment().start();
            for (Setting setting : Setting.ALL) {
                String value = context.getEnvironment()
                        .getProperty(setting.name(), String.class)
                        .orElse(setting.otherwise());
                text.append(String.format(
                        "%-36s %-28s # %s%n",
                        setting.name() + ":", setting.shown(value), place(context, setting) + setting.what()));
            }
        }
        return text.toString();
    }

    private String place(ApplicationContext context, Setting setting) {
        if (flags.containsKey(setting.name())) {
            return "(command line) ";
        }
        boolean inFile = file.containsKey(setting.name());
        boolean set = context.getEnvironment().containsProperty(setting.name());
        boolean environment = System.getenv().containsKey(setting.variable());
        return !set ? "" : environment ? "(" + setting.variable() + ") " : inFile ? "(file) " : "";
    }

    /** @throws EngineException when everybody on the network could do everything */
    void requireSafe(Environment environment) {
        String host =
                environment.getProperty("micronaut.server.host", String.class).orElse("");
        boolean auth = environment.getProperty(AUTH, Boolean.class).orElse(false);
        if (!auth && !isLoopback(host)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_ALLOWED,
                    "on " + host + " everybody on the network could run workflows and spend money.",
                    "Listen on 127.0.0.1, or turn authentication on with --auth.")));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
