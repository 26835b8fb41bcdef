package dev.hone.broker.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One process for one data directory. The operating system drops the lock with its holder, so a crash leaves none behind;
 * the name in {@code broker.pid} is only for the message.
 */
final class DataLock {

    /** A broker whose parent was killed notices within milliseconds; this is for a very busy machine. */
    private static final long ORPHAN_GRACE_MS = 5_000;

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws Held when a living process owns the directory */
    static DataLock take(Path data, Optional<ProcessHandle> owner) throws IOException, InterruptedException, Held {
        Path names = data.resolve("broker.pid");
        FileChannel channel =
                FileChannel.open(data.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long giveUpAt = System.currentTimeMillis() + ORPHAN_GRACE_MS;
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                long pid = owner.orElse(ProcessHandle.current()).pid();
                Files.writeString(names, Long.toString(pid));
                return new DataLock(channel);
            }
            long holder = read(names);
            boolean orphan =
                    ProcessHandle.of(holder).filter(ProcessHandle::isAlive).isEmpty();
            if (!orphan || System.currentTimeMillis() > giveUpAt) {
                channel.close();
                throw new Held(holder);
            }
            Thread.sleep(20);
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The end of the process drops it too.
        }
    }

    private static long read(Path names) throws IOException {
        if (!Files.exists(names)) {
            return -1;
        }
        String text = StandardCharsets.UTF_8
                .decode(ByteBuffer.wrap(Files.readAllBytes(names)))
                .toString()
                .strip();
        return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    static final class Held extends Exception {
        private static final long serialVersionUID = 1L;
        private final long pid;

        Held(long pid) {
            this.pid = pid;
        }

        long pid() {
            return pid;
        }
    }
}
