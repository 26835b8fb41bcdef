package dev.hone.connectors.train;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * The thread on which PyTorch trains for the tools of this process, one training after the other: whether gradients are kept
 * is known to it by thread, and it collects them for one training at a time.
 */
final class Torch {

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("torch").factory());

    private Torch() {}

    static <T> Future<T> submit(Supplier<T> work) {
        return THREAD.submit(() -> {
            // DJL would ask the network for its libraries, and tell its makers that it is used.
            setUnlessSet("ai.djl.offline", "true");
            setUnlessSet("OPT_OUT_TRACKING", "true");
            // More threads add in another order, and so give other weights on another machine.
            setUnlessSet("ai.djl.pytorch.num_threads", "1");
            Engine.getInstance();
            JniUtils.setGradMode(false);
            return work.get();
        });
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
