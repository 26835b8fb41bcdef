package dev.hone.broker.child;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.ObjectName;

/**
 * The loaded classes as the JVM likes them (a dynamic CDS archive), which halves the time of the next start.
 *
 * <p>Written once, after an orderly stop, by the command that {@code jcmd} uses. The JVM could do it by itself at its exit, but
 * would do so after a kill of the parent too, and hold the data directory for seconds.
 */
final class ClassArchive {

    private ClassArchive() {}

    static void writeIfAsked() {
        String target = System.getProperty("hone.class.archive");
        if (target == null) {
            return;
        }
        Path mine = Path.of(target + "." + ProcessHandle.current().pid());
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", mine.toString()}},
                            new String[] {String[].class.getName()});
            Files.move(mine, Path.of(target), StandardCopyOption.ATOMIC_MOVE);
        } catch (Exception unsupported) {
            Logger.getLogger("dev.hone.broker").log(Level.FINE, "no class archive; starts stay slower", unsupported);
        }
    }
}
