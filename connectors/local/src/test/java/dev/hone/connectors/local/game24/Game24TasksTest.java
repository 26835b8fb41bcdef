package dev.hone.connectors.local.game24;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Game24TasksTest {

    @Test
    void a_task_is_a_game_that_can_be_won_and_the_same_seed_draws_the_same() {
        List<String> tasks = Game24Tasks.generated(20, 24);
        assertThat(tasks).doesNotHaveDuplicates().hasSize(20).isEqualTo(Game24Tasks.generated(20, 24));
        assertThat(Game24Tasks.generated(20, 25)).isNotEqualTo(tasks);
    }

    @Test
    void what_can_be_won_is_known() {
        assertThat(canWin(3, 3, 8, 8)).isTrue();
        assertThat(canWin(1, 5, 5, 5)).isTrue();
        assertThat(canWin(1, 1, 1, 1)).isFalse();
        assertThat(canWin(13, 13, 13, 13)).isFalse();
    }

    private static boolean canWin(int... numbers) {
        return Moves.canWin(Game.begun(Stream.of(numbers[0], numbers[1], numbers[2], numbers[3])
                .map(Fraction::of)
                .toList()));
    }
}
