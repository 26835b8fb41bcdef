package dev.hone.connectors.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A training as an operator would write one, and the ways in which it can go wrong. */
final class Trainee {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Trainee() {}

    /** @param arguments how to behave */
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        JsonNode job = JSON.readTree(in.readLine());
        switch (arguments[0]) {
            case "mean" -> mean(job);
            case "told" -> {
                System.err.println("the key is " + System.getenv("HONE_TEST_KEY"));
                say("{\"done\": {\"version\": {\"key\": " + (System.getenv("HONE_TEST_KEY") != null) + ", \"folder\": "
                        + JSON.writeValueAsString(Path.of("").toAbsolutePath().toString()) + ", \"seed\": "
                        + job.path("seed") + "}}}");
            }
            case "chatty" -> {
                for (int i = 0; i < 5_000; i++) {
                    say("{\"metric\": {\"step\": " + i + "}}");
                }
                say("{\"done\": {\"version\": 1}}");
            }
            case "crash" -> {
                System.err.println("loading");
                System.err.println("out of memory, and the key is " + System.getenv("HONE_TEST_KEY"));
                System.exit(3);
            }
            case "killed" ->
                new ProcessBuilder(
                                "kill",
                                "-9",
                                String.valueOf(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            case "silent" -> forever();
            case "waits" -> {
                Files.writeString(
                        Path.of(arguments[1]),
                        String.valueOf(ProcessHandle.current().pid()));
                say("{\"heartbeat\": 1}");
                forever();
            }
            case "parent" -> {
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Trainee.class.getName(),
                                "waits",
                                arguments[1])
                        .inheritIO()
                        .redirectInput(job(job))
                        .start();
                forever();
            }
            case "prose" -> say("epoch 1 of 10");
            case "odd" -> say("{\"hello\": 1}");
            case "fails" -> say("{\"failed\": \"the loss is not a number\"}");
            case "nothing" -> say("{\"done\": {}}");
            case "endless" -> say("{\"done\": \"" + "x".repeat(5 << 20) + "\"}");
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static File job(JsonNode job) throws IOException {
        return Files.writeString(Path.of("job.json"), job + "\n").toFile();
    }

    private static void mean(JsonNode job) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(job.path("data").asText()));
        double sum = 0;
        for (String line : lines) {
            sum += JSON.readTree(line).path("example").asDouble();
            say("{\"heartbeat\": " + sum + "}");
            say("{\"metric\": {\"sum\": " + sum + "}}");
        }
        double mean = job.path("settings").path("times").asDouble(1) * sum / lines.size();
        say("{\"done\": {\"version\": {\"mean\": " + mean + "}, \"score\": " + lines.size() + "}}");
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void forever() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
