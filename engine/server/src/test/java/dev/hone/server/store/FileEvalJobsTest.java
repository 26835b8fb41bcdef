package dev.hone.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.ledger.Ledger;
import dev.hone.server.store.EvalJob.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEvalJobsTest extends EvalJobsContract {

    @TempDir
    private Path dir;

    @Override
    Ledger open() {
        return Ledger.open(dir);
    }

    @Test
    void afterARestartOfTheOnlyProcessNothingWaitsForALease() {
        add("one", NOW);
        add("two", NOW.plusSeconds(1));
        EvalJob unused = claim("a", NOW);
        EvalJob also = claim("a", NOW);
        jobs.cancel(also.id(), NOW);

        jobs.freeAll();

        assertThat(claim("b", NOW.plusSeconds(2)).id()).isEqualTo("one");
        assertThat(claim("b", NOW.plusSeconds(2)).state()).isEqualTo(State.CANCELLED);
    }
}
