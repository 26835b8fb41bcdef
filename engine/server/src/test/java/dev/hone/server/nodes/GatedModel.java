package dev.hone.server.nodes;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.EchoModel;
import java.util.HashMap;
import java.util.Map;

/** Says again what it is told, in an order drawn from the seed; lets so many calls through and keeps the others waiting. */
final class GatedModel implements Model {

    private final EchoModel echo = new EchoModel();
    private final Map<String, Integer> asked = new HashMap<>();
    private long tickets;
    private int waiting;

    /** Lets so many more through. */
    synchronized void admit(long more) {
        tickets = Math.addExact(tickets, more);
        notifyAll();
    }

    /** Lets all through from now on. */
    void open() {
        admit(Integer.MAX_VALUE);
    }

    /** Forgets what was asked, and lets nobody through. */
    synchronized void shut() {
        tickets = 0;
        asked.clear();
    }

    /** How many wait. Those whose caller has died do so, too. */
    synchronized int waiting() {
        return waiting;
    }

    /** How often each thing was asked. */
    synchronized Map<String, Integer> asked() {
        return Map.copyOf(asked);
    }

    synchronized int calls() {
        return asked.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many calls were made again. */
    synchronized int twice() {
        return calls() - asked.size();
    }

    @Override
    public Usage atMost(ModelRequest request) {
        return echo.atMost(request);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        await(request.messages().getLast().text() + " " + context.seed());
        return echo.generate(request, context);
    }

    private synchronized void await(String what) {
        asked.merge(what, 1, Integer::sum);
        waiting++;
        try {
            while (tickets == 0) {
                wait();
            }
            tickets--;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
        }
    }

    @Override
    public boolean inProcess() {
        return true;
    }
}
