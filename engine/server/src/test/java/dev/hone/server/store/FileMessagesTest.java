package dev.hone.server.store;

import dev.hone.engine.ledger.Ledger;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileMessagesTest extends MessagesContract {

    @TempDir
    private Path dir;

    @Override
    Ledger open() {
        return Ledger.open(dir);
    }
}
