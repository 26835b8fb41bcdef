package dev.hone.connectors.env.player;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelCatalogue;
import dev.hone.connectors.api.ModelSettings;
import java.util.List;

/** The programs that play a model's role, as {@code player/NAME}. No download, no key, no price. */
public final class PlayerProvider implements ModelCatalogue {

    private static final List<Player<?>> PLAYERS = List.of(
            new Negotiator(), //
            new Coach(),
            new HouseholdPlanner(),
            new HouseholdRefiner(),
            new HouseholdObserver(),
            new RewardCoder(),
            new RewardCritic(),
            new Writer(),
            new Sorter(),
            new Proofreader(),
            new Mender());

    @Override
    public String name() {
        return "player";
    }

    /** The settings are not used: there is no endpoint, no key and no price. */
    @Override
    public Model open(String model, ModelSettings settings) throws ConnectorException {
        return PLAYERS.stream()
                .filter(player -> player.name().equals(model))
                .findFirst()
                .map(PlayerProvider::seated)
                .orElseThrow(() -> new ConnectorException(
                        Kind.UNKNOWN,
                        "there is no player '" + model + "'",
                        "use one of " + String.join(", ", models())));
    }

    private static <I extends Record> Model seated(Player<I> player) {
        return new PlayerModel<>(player);
    }

    @Override
    public Listing list(ModelSettings settings, CallContext context) {
        return new Listing("in this process", models());
    }

    private static List<String> models() {
        return PLAYERS.stream().map(Player::name).toList();
    }
}
