package dev.hone.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that was made before lists were kept has them from its next opening on. */
class BackfillTest {

    @TempDir
    Path directory;

    private void old(List<String> statements) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath() + ";WRITE_DELAY=0";
        try (Connection open = DriverManager.getConnection(url)) {
            Flyway.configure()
                    .dataSource(url, "", "")
                    .locations("classpath:dev/hone/engine/ledger")
                    .target("6")
                    .load()
                    .migrate();
            try (Handle handle = Jdbi.create(open).open()) {
                statements.forEach(handle::execute);
            }
        }
    }

    private static String run(String id, String setup, boolean finished) {
        return "insert into run (id, workflow, program, setup, created_at, finished) values ('" + id
                + "', 'poem', 'h', '" + setup + "', timestamp with time zone '2026-02-03 04:05:06+00', " + finished
                + ")";
    }

    private static String event(String run, int seq, String element, EventKind kind, String body) {
        return "insert into event (run, seq, element, iteration, attempt, kind, at, body) values ('" + run + "', " + seq
                + ", '" + element + "', '', " + seq + ", '" + kind
                + "', timestamp with time zone '2026-02-03 04:05:07+00', '" + body + "')";
    }

    @Test
    void runsOfEarlierVersionsAreListed() throws Exception {
        old(List.of(
                "insert into program (hash, name, file, text) values ('h', 'poem', 'poem.yaml', 'hone: 1')",
                run("a", "{\"labels\":{\"tenant\":\"acme\",\"batch\":\"b.1\"}}", true),
                event("a", 1, "run", EventKind.RUN_STARTED, "{}"),
                event("a", 2, "run", EventKind.RUN_FINISHED, "{\"stop\":{\"kind\":\"RULE\",\"text\":\"good\"}}"),
                run("b", "{\"labels\":{}}", false),
                event("b", 1, "rate.ask", EventKind.QUESTION, "{\"form\":\"rate\"}"),
                run("c", "{\"labels\":{},\"replayOf\":\"a\"}", false),
                event("c", 1, "rate.ask", EventKind.QUESTION, "{\"form\":\"rate\"}")));

        try (Ledger ledger = Ledger.open(directory)) {
            RunSummary ended = ledger.summary("a").orElseThrow();
            assertThat(ended.tenant()).isEqualTo("acme");
            assertThat(ended.phase()).isEqualTo(RunPhase.FINISHED);
            assertThat(ended.stop()).contains("RULE");
            assertThat(ended.endedAt()).isPresent();
            assertThat(ledger.labelled("batch", "b.")).extracting(RunRecord::id).containsExactly("a");
            assertThat(ledger.summary("b").orElseThrow().phase()).isEqualTo(RunPhase.WAITING);
            assertThat(ledger.summary("b").orElseThrow().tenant()).isEqualTo("default");
            assertThat(ledger.summary("c").orElseThrow().replayOf()).isEqualTo(Optional.of("a"));
            assertThat(ledger.summary("c").orElseThrow().phase())
                    .as("a replay asks nobody")
                    .isEqualTo(RunPhase.RUNNING);
        }
    }
}
