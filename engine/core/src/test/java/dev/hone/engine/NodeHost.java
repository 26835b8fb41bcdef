package dev.hone.engine;

import dev.hone.engine.ledger.DatabaseAddress;
import dev.hone.engine.world.CallLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One node of several: prints a line when it is open, starts the runs that it is told to, and waits to be killed. */
final class NodeHost {

    private NodeHost() {}

    /** @param calls where the models of the process write down what they answered */
    static Process fork(DatabaseAddress address, URI gateway, Path calls, int runs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-D" + CallLog.FILE + "=" + calls,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeHost.class.getName(),
                        address.url(),
                        address.user().orElseThrow(),
                        address.password().orElseThrow().text(),
                        gateway.toString(),
                        String.valueOf(runs))
                .redirectError(calls.resolveSibling("screen").toFile())
                .start();
    }

    static BufferedReader said(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) throws InterruptedException {
        Engine engine = Engine.open(EngineOptions.at(Path.of("unused"))
                .withDatabase(arguments[0], arguments[1], arguments[2])
                .withGateway(URI.create(arguments[3]))
                .withLease(NodeKillTest.LEASE));
        var program = engine.deploy(SharedEngine.source("long"));
        System.out.println("open");
        for (int run = 0; run < Integer.parseInt(arguments[4]); run++) {
            System.out.println(engine.start(program, NodeKillTest.request(run)));
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}
