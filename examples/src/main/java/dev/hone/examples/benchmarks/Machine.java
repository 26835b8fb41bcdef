package dev.hone.examples.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What the numbers of a benchmark depend on. */
final class Machine {

    private Machine() {}

    /** The JVM, the processors, the load before the measurement, and the disk under {@code directory}. */
    static String describe(Path directory) throws IOException {
        return "JDK %s, %d processors, load %.1f, fdatasync p50 %.2f ms"
                .formatted(
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        fdatasync(directory));
    }

    /** Resident memory, where {@code /proc} tells it. */
    static String resident(long own, long broker) throws IOException {
        return "resident at the end: this process %d MB, broker %d MB".formatted(residentMb(own), residentMb(broker));
    }

    /** Milliseconds until 4 KB are on the disk, the median of 101. */
    private static double fdatasync(Path directory) throws IOException {
        Path file = directory.resolve("fdatasync");
        long[] nanos = new long[101];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < nanos.length; i++) {
                channel.write(ByteBuffer.allocate(4096));
                long start = System.nanoTime();
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Files.delete(file);
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    /** -1 where there is no {@code /proc}. */
    private static long residentMb(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
