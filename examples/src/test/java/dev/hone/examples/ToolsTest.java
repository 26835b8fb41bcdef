package dev.hone.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools that reach outside, in one run of the {@code hone} command, with the operator's settings in its environment. */
@Tag("slow")
class ToolsTest {

    @TempDir
    Path directory;

    @Test
    void aQuestionIsLookedUpAndTheAnswerKept() throws Exception {
        Path shop = directory.resolve("shop");
        String url = "jdbc:h2:file:" + shop;
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table item (name varchar(100), price numeric(10, 2))");
            statement.execute("insert into item values ('tea', 2.50), ('cup', 7.00)");
            statement.execute("create user reader password 'sesame'");
            statement.execute("grant select on item to reader");
        }
        Path reports = Files.createDirectory(directory.resolve("reports"));
        HttpServer weather = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        weather.createContext("/v1/now", exchange -> {
            byte[] body = "{\"sky\": \"clear\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        weather.start();
        try {
            ProcessBuilder hone = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.hone.cli.Hone",
                            "run",
                            "tools/answer.yaml",
                            "--input",
                            "tools/question.json",
                            "--data-dir",
                            directory.resolve("data").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("said").toFile());
            hone.environment()
                    .put(
                            "HONE_CORPUS_HANDBOOK",
                            setting(
                                    "\"path\": \"%s\"",
                                    Path.of("tools/handbook").toAbsolutePath()));
            hone.environment()
                    .put(
                            "HONE_SQL_SHOP",
                            setting("\"url\": \"%s\", \"user\": \"reader\", \"password\": \"env:SHOP_PASSWORD\"", url));
            hone.environment().put("SHOP_PASSWORD", "sesame");
            hone.environment()
                    .put(
                            "HONE_HTTP_WEATHER",
                            setting(
                                    "\"url\": \"http://127.0.0.1:%s/v1\", \"allowPrivate\": true",
                                    weather.getAddress().getPort()));
            hone.environment().put("HONE_FILES_REPORTS", setting("\"path\": \"%s\", \"write\": true", reports));
            Process process = hone.start();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(directory.resolve("said"));
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(reports.resolve("tea.md"))
                    .hasContent("# Tea\n\nGreen tea is steeped at 75 degrees. It costs 2.5. It is clear.");
            assertThat(said).doesNotContain("sesame");
        } finally {
            weather.stop(0);
        }
    }

    private static String setting(String inside, Object value) {
        return "{" + inside.formatted(value) + "}";
    }
}
