package dev.hone.connectors.env.player;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Looks for a kind of thing in the text of what is seen in a household. It overlooks a thing that is there in 1 of 20 looks, and sees
 * none that is not.
 */
final class HouseholdObserver implements Player<HouseholdObserver.Input> {

    private static final double OVERLOOKS = 0.05;
    private static final String SIGHT = "There you see ";

    /**
     * What it looks at.
     *
     * @param seek the kind of thing
     * @param text what the environment says
     */
    record Input(String seek, String text) {}

    /** @param found the name of such a thing, or {@code nothing} */
    record Look(String found) {}

    @Override
    public String name() {
        return "household-observer";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Look answer(Input input, SplittableRandom chance) {
        int sight = input.text().indexOf(SIGHT);
        if (sight < 0 || chance.nextDouble() < OVERLOOKS) {
            return new Look(Errand.NOTHING);
        }
        String listed = input.text().substring(sight + SIGHT.length());
        return new Look(Arrays.stream(
                        listed.substring(0, Math.max(0, listed.indexOf('.'))).split(", "))
                .filter(thing -> Errand.is(input.seek(), thing))
                .findFirst()
                .orElse(Errand.NOTHING));
    }
}
