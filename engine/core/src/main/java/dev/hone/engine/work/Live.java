package dev.hone.engine.work;

import dev.hone.connectors.api.CallContext;
import dev.hone.engine.LiveText;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to know what models write while they write it. Models are asked for parts only while there is anybody. */
public final class Live {

    private static final System.Logger LOG = System.getLogger(Live.class.getName());

    private final List<Consumer<LiveText>> listeners = new CopyOnWriteArrayList<>();

    /** @return withdraws the listener */
    public Runnable listen(Consumer<LiveText> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The call of a model, listened to if anybody listens. */
    Heard hear(CallContext context) {
        return new Heard(context, !listeners.isEmpty());
    }

    private void tell(LiveText text) {
        for (Consumer<LiveText> listener : listeners) {
            try {
                listener.accept(text);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a listener failed; the run goes on", e);
            }
        }
    }

    /** One call. */
    final class Heard {
        private final CallContext context;
        private volatile boolean silent = true;

        private Heard(CallContext context, boolean listened) {
            this.context = listened ? context.withListener(part -> tell(part, false)) : context;
        }

        CallContext context() {
            return context;
        }

        /** @param text the reply, which is told now when the model told nothing before */
        void end(String text) {
            if (context.listener().isPresent()) {
                tell(silent ? text : "", true);
            }
        }

        private void tell(String text, boolean last) {
            silent = false;
            Live.this.tell(
                    new LiveText(context.run(), context.element(), context.iteration(), context.attempt(), text, last));
        }
    }
}
