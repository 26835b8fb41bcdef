package dev.hone.broker.child;

import io.camunda.zeebe.broker.system.configuration.BrokerCfg;
import io.camunda.zeebe.broker.system.configuration.ExporterCfg;
import io.camunda.zeebe.exporter.api.Exporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** One partition on the loopback interface, small on disk and in memory, safe on power loss. */
final class Settings {

    static final int CPU_THREADS = 1;
    static final int IO_THREADS = 1;
    private static final String LOOPBACK = "127.0.0.1";

    private Settings() {}

    /** @param passages whether the parent wants to know which sequence flows are taken */
    static BrokerCfg in(Path data, boolean passages) throws IOException {
        List<Integer> ports = freePorts(3);
        BrokerCfg cfg = new BrokerCfg();

        var network = cfg.getNetwork();
        network.setHost(LOOPBACK);
        network.setAdvertisedHost(LOOPBACK);
        network.getCommandApi().setPort(ports.get(0));
        network.getInternalApi().setPort(ports.get(1));
        cfg.getGateway().setEnable(true);
        cfg.getGateway().getNetwork().setHost(LOOPBACK);
        cfg.getGateway().getNetwork().setPort(ports.get(2));

        cfg.getThreads().setCpuThreadCount(CPU_THREADS);
        cfg.getThreads().setIoThreadCount(IO_THREADS);

        // Segments are preallocated: 128 MB each by default.
        cfg.getData().setLogSegmentSize(DataSize.ofMegabytes(16));
        // After a kill what came since the last snapshot is replayed, at a few thousand records a second.
        cfg.getData().setSnapshotPeriod(Duration.ofMinutes(1));
        // The defaults (2 GB and 1 GB) refuse small disks. Below these two the broker pauses until there is room again.
        var free = cfg.getData().getDisk().getFreeSpace();
        free.setProcessing(DataSize.ofMegabytes(64));
        free.setReplication(DataSize.ofMegabytes(32));

        // A single node always wins its election; waiting 2.5 s for rivals is the half of the default start time.
        cfg.getCluster().setElectionTimeout(Duration.ofMillis(100));
        cfg.getCluster().setHeartbeatInterval(Duration.ofMillis(20));
        cfg.getCluster().setInitialContactPoints(List.of());

        // Its only client is the engine that started it, which bounds its own load.
        cfg.getBackpressure().setEnabled(false);
        cfg.getExperimental().getRocksdb().setMemoryLimit(DataSize.ofMegabytes(64));
        cfg.getExperimental().getEngine().getJobs().setTimeoutCheckerPollingInterval(Duration.ofMillis(100));

        cfg.getExporters().put("incidents", exporter(IncidentExporter.class));
        if (passages) {
            cfg.getExporters().put("passages", exporter(PassageExporter.class));
        }

        cfg.init(data.toString());
        return cfg;
    }

    private static ExporterCfg exporter(Class<? extends Exporter> type) {
        ExporterCfg exporter = new ExporterCfg();
        exporter.setClassName(type.getName());
        return exporter;
    }

    /** All held at once, so that they differ. Another process can still grab one before we bind: then we are started again. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK)));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
