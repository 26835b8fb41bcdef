package dev.hone.server;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.server.evals.EvalNode;
import dev.hone.server.security.Doors;
import dev.hone.server.webhooks.Deliverer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;

/** A running service. */
public final class Server implements AutoCloseable {

    private final ApplicationContext context;
    private final NettyEmbeddedServer http;

    private Server(ApplicationContext context, NettyEmbeddedServer http) {
        this.context = context;
        this.http = http;
    }

    /**
     * Starts the engine, then listens.
     *
     * @throws EngineException when the engine cannot be opened, or the address not be listened on
     */
    public static Server start(Configuration configuration) {
        ApplicationContext context = configuration.context();
        try {
            configuration.requireSafe(context.getEnvironment().start());
            context.start();
            Engine unused = context.getBean(Engine.class);
            context.getBean(Doors.class).requireOne();
            return new Server(
                    context, context.getBean(NettyEmbeddedServer.class).start());
        } catch (RuntimeException e) {
            context.close();
            throw problem(e);
        }
    }

    /** What a person can act on, where it is inside of what the framework makes of it. */
    private static RuntimeException problem(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EngineException known) {
                return known;
            }
            if (cause instanceof BindException taken) {
                return new EngineException(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                "the address cannot be listened on: " + taken.getMessage() + ".",
                                "Stop what listens there, or choose another with --port."),
                        e);
            }
        }
        return e;
    }

    /** Where it listens. */
    public URI address() {
        return http.getURI();
    }

    /** For what lives in the same process, such as tests. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Takes no more requests, lets calls end or hands them over, and closes the ledger. */
    @Override
    public void close() {
        Engine engine = context.getBean(Engine.class);
        Duration grace = context.getBean(Settings.class).shutdownGrace();
        http.stopServerOnly();
        context.getBean(EvalNode.class).close();
        context.getBean(Deliverer.class).close();
        engine.close(grace);
        context.close();
    }
}
