package dev.hone.broker.child;

import io.camunda.zeebe.broker.client.api.BrokerClient;
import io.camunda.zeebe.db.ZeebeDb;
import io.camunda.zeebe.engine.state.QueryService;
import io.camunda.zeebe.engine.state.instance.DbJobState;
import io.camunda.zeebe.gateway.impl.broker.request.BrokerUpdateJobTimeoutRequest;
import io.camunda.zeebe.protocol.Protocol;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The jobs that a worker holds. When the broker has just started it has no client yet, so whoever held them is gone, and
 * they are given back instead of waiting for their timeout.
 */
final class HeldJobs {

    private static final long NO_SUCH_JOB = Protocol.encodePartitionId(Protocol.DEPLOYMENT_PARTITION, 0);

    private HeldJobs() {}

    /**
     * Must run before the gateway's address is told to anyone. Returns how many jobs were given back.
     *
     * @param queries Zeebe's read access, of which this class needs the database that its interface hides
     */
    static int giveBack(BrokerClient client, QueryService queries)
            throws ReflectiveOperationException, InterruptedException {
        // Commands are processed after the log was replayed: an answer, here a rejection, says that the state is
        // complete.
        expire(client, NO_SUCH_JOB).join();
        ZeebeDb<ZbColumnFamilies> database = database(queries);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (long job : keys(database)) {
            sent.add(expire(client, job));
        }
        sent.forEach(CompletableFuture::join);
        // So that the first worker to ask finds them. Zeebe looks for expired jobs every now and then, see Settings.
        while (!keys(database).isEmpty()) {
            Thread.sleep(10);
        }
        return sent.size();
    }

    private static CompletableFuture<?> expire(BrokerClient client, long job) {
        return client.sendRequestWithRetry(new BrokerUpdateJobTimeoutRequest(job, 1))
                .exceptionally(error -> {
                    // A job that ended meanwhile, or timed out by itself, is no longer held.
                    if (root(error).getClass().getSimpleName().equals("BrokerRejectionException")) {
                        return null;
                    }
                    throw new CompletionException(error);
                });
    }

    private static List<Long> keys(ZeebeDb<ZbColumnFamilies> database) {
        List<Long> keys = new ArrayList<>();
        new DbJobState(database, database.createContext())
                .forEachTimedOutEntry(Long.MAX_VALUE, null, (key, job) -> keys.add(key));
        return keys;
    }

    @SuppressWarnings("unchecked")
    private static ZeebeDb<ZbColumnFamilies> database(QueryService queries) throws ReflectiveOperationException {
        Field field = queries.getClass().getDeclaredField("zeebeDb");
        field.setAccessible(true);
        return (ZeebeDb<ZbColumnFamilies>) field.get(queries);
    }

    private static Throwable root(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
