package dev.hone.connectors.local.listprog;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which programs do the same. Two programs count as the same when they agree on {@value #PROBES} random lists; of each
 * such class the first in the numbering (a shortest one) is the canonical form. Building the table runs every program and
 * takes about a second, once a process. Some five programs in a thousand differ from their form on lists that are not among
 * the probes.
 *
 * <p>The hold-out is by class, so that no program equal in behaviour to a held-out one is ever trained on.
 */
public final class CanonicalForms {

    private static final int PROBES = 128;
    private static final long PROBE_SEED = 20;
    private static final int HELD_OUT_ONE_IN = 10;

    private final int[] canonicalNumber = new int[Program.count()];

    private CanonicalForms() {
        int[] probes = Lists.random(new SplittableRandom(PROBE_SEED), PROBES, 1);
        Map<Long, Integer> first = new HashMap<>();
        for (int length = 1; length <= Program.MAX_LENGTH; length++) {
            number(probes, 0, 0, length, first);
        }
    }

    private static final class Holder {
        static final CanonicalForms TABLE = new CanonicalForms();
    }

    /** The one table, built on first use. */
    public static CanonicalForms table() {
        return Holder.TABLE;
    }

    public Program of(Program program) {
        return Program.numbered(canonicalNumber[program.number()]);
    }

    /** Whether the class of {@code program} is never trained on: one class in ten, by the hash of its canonical text. */
    public boolean heldOut(Program program) {
        return Integer.remainderUnsigned(mix(of(program).text().hashCode()), HELD_OUT_ONE_IN) == 0;
    }

    /** How many programs differ in what they do. */
    public int classes() {
        int classes = 0;
        for (int number = 0; number < canonicalNumber.length; number++) {
            if (canonicalNumber[number] == number) {
                classes++;
            }
        }
        return classes;
    }

    /**
     * Visits every program of {@code length} that begins with the operations already applied to {@code lists}.
     *
     * @param rank the number of that beginning among those of its depth
     */
    private void number(int[] lists, int depth, int rank, int length, Map<Long, Integer> first) {
        if (depth == length) {
            int number = Program.firstOfLength(length) + rank;
            Integer earlier = first.putIfAbsent(fingerprint(lists), number);
            canonicalNumber[number] = earlier == null ? number : earlier;
            return;
        }
        int[] next = new int[lists.length];
        for (Op op : Op.all()) {
            for (int i = 0; i < lists.length; i++) {
                next[i] = op.apply(lists[i]);
            }
            number(next, depth + 1, rank * Op.all().size() + op.ordinal(), length, first);
        }
    }

    private static long fingerprint(int[] lists) {
        long hash = 0;
        for (int list : lists) {
            hash = (hash ^ list) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** The finaliser of MurmurHash3: the last bits of {@link String#hashCode()} alone are not random enough. */
    private static int mix(int hash) {
        int h = hash;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}
