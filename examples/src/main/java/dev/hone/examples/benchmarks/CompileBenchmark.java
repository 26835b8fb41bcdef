package dev.hone.examples.benchmarks;

import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import java.util.Arrays;

/** What reading, checking and compiling a file costs when the JVM is warm, by the number of its steps. */
public final class CompileBenchmark {

    private static final int ROUNDS = 200;

    private CompileBenchmark() {}

    public static void main(String[] args) {
        System.out.printf(
                "JDK %s, %d processors%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.println("| steps | p50 ms | p99 ms | times the smallest |");
        System.out.println("|---:|---:|---:|---:|");
        Workshop workshop = Workshop.discovered();
        measure(workshop, 60);
        double smallest = 0;
        for (int steps : new int[] {6, 60, 200}) {
            long[] nanos = measure(workshop, steps);
            double p50 = nanos[nanos.length / 2] / 1e6;
            smallest = smallest == 0 ? p50 : smallest;
            System.out.printf(
                    "| %d | %.1f | %.1f | %.1f |%n", steps, p50, nanos[nanos.length * 99 / 100] / 1e6, p50 / smallest);
        }
    }

    private static long[] measure(Workshop workshop, int steps) {
        Source source = new Source("many.yaml", text(steps));
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            workshop.compile(source);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /** Every sixth step is a loop around a call and a check, with a rule of its own. */
    private static String text(int steps) {
        StringBuilder text = new StringBuilder("""
                hone: 1
                name: many
                input: {task: text}
                slots: {writer: {kind: model, init: local/listprog-gen}}
                pools: {drafts: {}}
                flow:
                """);
        StringBuilder rules = new StringBuilder("rules:\n");
        for (int i = 0; i < steps / 3; i++) {
            text.append("  - loop: {id: loop").append(i).append(", max: 3}\n    do:\n");
            text.append("      - call: {role: writer, in: {task: \"= task\"}, out: draft")
                    .append(i)
                    .append(", into: drafts}\n");
            text.append("      - exec: {tool: syllables, in: {text: \"= draft")
                    .append(i)
                    .append("\"}, out: form")
                    .append(i)
                    .append(", as: verdict}\n");
            rules.append("  - {fact: verdict, when: \"form")
                    .append(i)
                    .append(".pass\", then: {accept: draft")
                    .append(i)
                    .append(", exit: loop")
                    .append(i)
                    .append("}}\n");
        }
        return text.append(rules).toString();
    }
}
