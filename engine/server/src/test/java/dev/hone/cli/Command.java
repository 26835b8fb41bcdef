package dev.hone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The hone command, in this process or in one of its own. */
final class Command {

    /** What a command printed, and its exit code. */
    record Ended(int exit, String out, String err) {}

    private Command() {}

    /** For commands that start no engine. */
    static Ended here(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Hone.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(words);
        return new Ended(exit, out.toString(), err.toString());
    }

    /** A process as the launcher starts it, with {@code directory} as the current one. */
    static Process start(Path directory, String... words) throws IOException {
        return start(directory, Map.of(), words);
    }

    /** The same, with more variables in its environment. */
    static Process start(Path directory, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                Hone.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    static Ended run(Path directory, String... words) throws IOException, InterruptedException {
        return end(start(directory, words));
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        String err = text(process.getErrorStream());
        return new Ended(process.waitFor(), out.join(), err);
    }

    /** Reads what a process says of its progress up to a line with these words. */
    static void until(Process process, String words) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line; (line = reader.readLine()) != null; ) {
            if (line.contains(words)) {
                return;
            }
        }
        throw new AssertionError("the process ended before it said '" + words + "'");
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
