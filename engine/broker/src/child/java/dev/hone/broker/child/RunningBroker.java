package dev.hone.broker.child;

import io.atomix.cluster.AtomixCluster;
import io.atomix.cluster.ClusterConfig;
import io.atomix.utils.Version;
import io.camunda.zeebe.broker.Broker;
import io.camunda.zeebe.broker.PartitionListener;
import io.camunda.zeebe.broker.SpringBrokerBridge;
import io.camunda.zeebe.broker.client.api.BrokerTopologyManager;
import io.camunda.zeebe.broker.client.impl.BrokerClientImpl;
import io.camunda.zeebe.broker.client.impl.BrokerTopologyManagerImpl;
import io.camunda.zeebe.broker.clustering.ClusterConfigFactory;
import io.camunda.zeebe.broker.system.SystemContext;
import io.camunda.zeebe.broker.system.configuration.BrokerCfg;
import io.camunda.zeebe.engine.state.QueryService;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.protocol.Protocol;
import io.camunda.zeebe.scheduler.ActorScheduler;
import io.camunda.zeebe.scheduler.future.ActorFuture;
import io.camunda.zeebe.scheduler.future.CompletableActorFuture;
import io.camunda.zeebe.util.VersionUtil;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;

/** A Zeebe broker put together by hand: what its Spring application does, without the context, the web server and the metrics. */
final class RunningBroker {

    private static final Logger LOG = Logger.getLogger("dev.hone.broker");

    /** The first command is answered when the log is replayed; how long that may take is for whoever started the process. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final BrokerCfg cfg;
    private final ActorScheduler scheduler;
    private final AtomixCluster cluster;
    private final BrokerClientImpl client;
    private final Broker broker;

    private RunningBroker(
            BrokerCfg cfg, ActorScheduler scheduler, AtomixCluster cluster, BrokerClientImpl client, Broker broker) {
        this.cfg = cfg;
        this.scheduler = scheduler;
        this.cluster = cluster;
        this.client = client;
        this.broker = broker;
    }

    /** Returns when the partition has its leader, the log is replayed and the jobs of a former life are given back. */
    static RunningBroker start(Path data, boolean passages, Events events) throws Exception {
        IncidentExporter.tell(events);
        PassageExporter.tell(events);
        BrokerCfg cfg = Settings.in(data, passages);
        ActorScheduler scheduler = ActorScheduler.newActorScheduler()
                .setCpuBoundActorThreadCount(Settings.CPU_THREADS)
                .setIoBoundActorThreadCount(Settings.IO_THREADS)
                .setSchedulerName("broker")
                .build();
        scheduler.start();
        ClusterConfig config = new ClusterConfigFactory().mapConfiguration(cfg);
        AtomixCluster cluster = new LoopbackCluster(config);
        var topology = new BrokerTopologyManagerImpl(
                () -> cluster.getMembershipService().getMembers());
        scheduler.submitActor(topology).join();
        cluster.getMembershipService().addListener(topology);
        var client = new BrokerClientImpl(
                PATIENCE, cluster.getMessagingService(), cluster.getEventService(), scheduler, topology);
        client.start().forEach(ActorFuture::join);
        Leadership leadership = new Leadership();
        Broker broker = new Broker(
                new SystemContext(cfg, scheduler, cluster, client), new SpringBrokerBridge(), List.of(leadership));
        broker.start().join();
        awaitLeader(topology);
        int given = HeldJobs.giveBack(client, leadership.queries.join());
        LOG.info("ready, jobs given back: " + given);
        return new RunningBroker(cfg, scheduler, cluster, client, broker);
    }

    /** The broker knows its leader before the gateway's map of the cluster does, and that map has no event for it. */
    private static void awaitLeader(BrokerTopologyManager topology) throws InterruptedException {
        while (topology.getTopology() == null
                || topology.getTopology().getLeaderForPartition(Protocol.DEPLOYMENT_PARTITION) < 0) {
            Thread.sleep(5);
        }
    }

    int gatewayPort() {
        return cfg.getGateway().getNetwork().getPort();
    }

    void close() throws Exception {
        broker.close();
        client.close();
        cluster.stop().join();
        scheduler.stop().get();
    }

    private static final class LoopbackCluster extends AtomixCluster {
        LoopbackCluster(ClusterConfig config) {
            super(config, Version.from(VersionUtil.getVersion()), buildMessagingService(config), new NoUnicast());
        }
    }

    private static final class Leadership implements PartitionListener {
        private final CompletableFuture<QueryService> queries = new CompletableFuture<>();

        @Override
        public ActorFuture<Void> onBecomingLeader(int partition, long term, LogStream log, QueryService service) {
            queries.complete(service);
            return CompletableActorFuture.completed(null);
        }

        @Override
        public ActorFuture<Void> onBecomingFollower(int partition, long term) {
            return CompletableActorFuture.completed(null);
        }

        @Override
        public ActorFuture<Void> onBecomingInactive(int partition, long term) {
            return CompletableActorFuture.completed(null);
        }
    }
}
