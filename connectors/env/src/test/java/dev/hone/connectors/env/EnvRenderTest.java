package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.env.EnvRender.Input;
import dev.hone.connectors.env.EnvRender.Output;
import dev.hone.connectors.testkit.ConnectorContract;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvRenderTest extends ConnectorContract<Input, Output> {

    private static final State START = new State(List.of(0.0, 0.0), 7, 0, false);
    private static final int A_MEGABYTE = 1_000_000;

    @Override
    protected Connector<Input, Output> connector() {
        return new EnvRender();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        return List.of(new Example<>(new Input(Specs.CORRIDOR, START, Optional.empty()), new Output("@.G", "")));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "of another environment", new Input(Specs.cartPole(0, 10), START, Optional.of(true)),
                "no environment", new Input(Specs.grid("S"), START, Optional.empty()));
    }

    @Override
    protected Set<Capability> cannot() {
        return Set.of(Capability.CANCEL, Capability.TIMEOUT);
    }

    private static BufferedImage picture(Spec env, State state) throws ConnectorException, IOException {
        String png = new EnvRender()
                .run(new Input(env, state, Optional.of(true)), CallContext.standalone(1))
                .png();
        assertThat(png.length()).isLessThan(A_MEGABYTE);
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
    }

    @Test
    void a_picture_of_a_grid_shows_where_one_is_and_what_is_around() throws Exception {
        BufferedImage picture = picture(Specs.grid("S.G\n#H#"), START);

        int size = World.SIDE / 3;
        assertThat(color(picture, size / 2, size / 2)).isEqualTo(Color.BLUE);
        assertThat(color(picture, size * 3 / 2, size / 2)).isEqualTo(Color.LIGHT_GRAY);
        assertThat(color(picture, size * 5 / 2, size / 2)).isEqualTo(Color.GREEN);
        assertThat(color(picture, size / 2, size * 3 / 2)).isEqualTo(Color.DARK_GRAY);
        assertThat(color(picture, size * 3 / 2, size * 3 / 2)).isEqualTo(Color.RED);
        assertThat(color(picture, 1, World.SIDE - 1)).isEqualTo(Color.WHITE);
    }

    private static Color color(BufferedImage picture, int x, int y) {
        return new Color(picture.getRGB(x, y));
    }

    static List<Spec> largest() {
        return List.of(
                Specs.grid(("S" + ".H".repeat(31) + "G\n").repeat(Grid.MOST)),
                Specs.cartPole(0.2, 10),
                Specs.bargaining(9),
                Specs.publicGoods(2, 9, "conditional", "free-rider"),
                Specs.ANIMALS,
                Specs.household(0));
    }

    @ParameterizedTest
    @MethodSource("largest")
    void every_environment_has_a_picture_that_changes_with_what_is_done(Spec env) throws Exception {
        World world = World.of(env);
        State start = world.reset(1);
        State next = start;
        for (int step = 0; step < 3 && !next.done(); step++) {
            next = world.step(
                            next,
                            world.actions(next)
                                    .get(Math.min(1, world.actions(next).size() - 1)))
                    .state();
        }

        assertThat(points(picture(env, next))).isNotEqualTo(points(picture(env, start)));
    }

    private static List<Integer> points(BufferedImage picture) {
        assertThat(picture.getWidth()).isEqualTo(World.SIDE).isEqualTo(picture.getHeight());
        return Arrays.stream(picture.getRGB(0, 0, World.SIDE, World.SIDE, null, 0, World.SIDE))
                .boxed()
                .toList();
    }
}
