package dev.hone.connectors.external;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.Address;
import dev.hone.connectors.common.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a training runs, as the operator says it in {@code HONE_TRAINER_NAME}: a JSON object with either a {@code command}
 * or a {@code url}.
 *
 * @param command a program and its arguments; no shell reads it
 * @param environment the names of the variables that the program is given beside {@code PATH}, {@code HOME} and {@code LANG}
 * @param url where jobs are posted
 * @param key where the key that is sent along is found, as {@code env:NAME}
 * @param heartbeat how many seconds it may be silent; 60 when absent
 * @param poll how many seconds pass between two looks at a job behind a {@code url}; 1 when absent
 */
record Site(
        Optional<List<String>> command,
        Optional<List<String>> environment,
        Optional<String> url,
        Optional<String> key,
        Optional<Double> heartbeat,
        Optional<Double> poll) {

    private static final double LONGEST = 86_400;

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Site> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Site> setting = Setting.named(
                "trainer", name, Site.class, "{\"command\": [\"python3\", \"/opt/train.py\"]}", variables);
        Site site = setting.value();
        if (site.command.isPresent() == site.url.isPresent()) {
            throw setting.broken("needs a command or a url, and not both");
        }
        if (site.command
                .filter(words -> words.isEmpty() || words.stream().anyMatch(word -> word == null || word.isEmpty()))
                .isPresent()) {
            throw setting.broken("has an empty command");
        }
        if (site.url.isPresent()) {
            site.address(setting);
        }
        setting.within("heartbeat", site.heartbeat.orElse(1.0), LONGEST);
        setting.within("poll", site.poll.orElse(1.0), LONGEST);
        return setting;
    }

    /** Of a site with a {@code url}, without a slash at its end. */
    URI address(Setting<Site> setting) throws ConnectorException {
        return Address.of(url.orElseThrow(), key.isPresent(), setting);
    }

    Duration silence() {
        return seconds(heartbeat.orElse(60.0));
    }

    Duration between() {
        return seconds(poll.orElse(1.0));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }
}
