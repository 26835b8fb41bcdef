package dev.hone.connectors.local.listprog;

import java.util.SplittableRandom;

/** Random lists. */
final class Lists {

    private Lists() {}

    /** {@code count} packed lists of {@code shortest} to six random digits. */
    static int[] random(SplittableRandom random, int count, int shortest) {
        int[] lists = new int[count];
        for (int i = 0; i < count; i++) {
            int list = Digits.EMPTY;
            for (int size = random.nextInt(shortest, Digits.MAX_SIZE + 1); size > 0; size--) {
                list = Digits.append(list, random.nextInt(10));
            }
            lists[i] = list;
        }
        return lists;
    }
}
