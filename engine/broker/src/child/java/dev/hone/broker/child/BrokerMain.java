package dev.hone.broker.child;

import java.net.BindException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import sun.misc.Signal;

/**
 * The broker process: arguments {@code <data directory> [passages]}, one line in per order, one line out per event.
 *
 * <p>In: {@code STOP}. The end of the input means that the parent is gone: the process halts at once, which Zeebe's log
 * survives like any other crash, so that the next parent finds the directory free.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) {
        Path data = Path.of(args[0]);
        Events events = Events.takeStandardOutput();
        // Ctrl-C in a terminal reaches us as well; whether and how to stop is for the parent to say.
        Signal.handle(new Signal("INT"), signal -> {});
        Signal.handle(new Signal("TERM"), signal -> {});
        Orders.listen(events);
        try {
            BrokerLog.to(data.resolve("broker.log"));
            DataLock lock = DataLock.take(data, ProcessHandle.current().parent());
            RunningBroker broker = RunningBroker.start(data, args.length > 1 && args[1].equals("passages"), events);
            Orders.onStop(() -> {
                broker.close();
                lock.release();
                return null;
            });
            events.ready(broker.gatewayPort());
        } catch (DataLock.Held held) {
            fail(events, "HELD", Long.toString(held.pid()));
        } catch (Throwable error) {
            Logger.getLogger("dev.hone.broker").log(Level.SEVERE, "start failed", error);
            fail(events, hasCause(error, BindException.class) ? "BIND" : "START", rootMessage(error));
        }
    }

    private static void fail(Events events, String code, String message) {
        events.failed(code, message);
        Runtime.getRuntime().halt(1);
    }

    private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable error) {
        Throwable at = error;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.toString();
    }
}
