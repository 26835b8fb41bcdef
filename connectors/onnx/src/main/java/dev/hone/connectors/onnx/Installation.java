package dev.hone.connectors.onnx;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.common.Setting;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A model on the disk, as the operator says it in {@code HONE_ONNX_NAME}.
 *
 * @param folder the absolute path of a directory with {@code model.onnx} and {@code tokenizer.json}, and the {@code
 *     config.json} and {@code generation_config.json} that came with them
 * @param provider what computes: {@code cpu}, when absent, or {@code cuda}
 * @param device which one, from 0
 * @param threads of a call; as many as there are cores when absent
 * @param context the most tokens that a call reads and writes; what {@code config.json} says when absent
 * @param turns what stands around the messages; nothing but empty lines when absent
 */
record Installation(
        String folder,
        Optional<String> provider,
        Optional<Integer> device,
        Optional<Integer> threads,
        Optional<Integer> context,
        Optional<Turns> turns) {

    static final String KIND = "onnx";

    private static final int MOST_THREADS = 1024;
    private static final int MOST_CONTEXT = 10_000_000;

    /** What stands around the messages of each speaker. */
    record Turns(Turn system, Turn user, Turn assistant) {}

    /** What stands around a message. */
    record Turn(String before, String after) {}

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Installation> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Installation> setting =
                Setting.named(KIND, name, Installation.class, "{\"folder\": \"/srv/models/" + name + "\"}", variables);
        Installation said = setting.value();
        if (said.folder == null || !isDirectory(said.folder)) {
            throw setting.broken("needs the absolute path of a directory that is there as its folder");
        }
        for (String file : List.of("model.onnx", "tokenizer.json")) {
            if (!Files.isRegularFile(said.file(file))) {
                throw setting.broken("names a folder without a " + file);
            }
        }
        if (!List.of("cpu", "cuda").contains(said.provider.orElse("cpu"))) {
            throw setting.broken("has a provider other than cpu and cuda");
        }
        setting.within("threads", said.threads.orElse(1), MOST_THREADS);
        setting.within("context", said.context.orElse(1), MOST_CONTEXT);
        setting.within("device + 1 =", said.device.orElse(0) + 1.0, MOST_THREADS);
        if (said.turns.isPresent() && !whole(said.turns.get())) {
            throw setting.broken("has turns without before and after for each of system, user and assistant");
        }
        return setting;
    }

    private static boolean isDirectory(String folder) {
        try {
            return Path.of(folder).isAbsolute() && Files.isDirectory(Path.of(folder));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean whole(Turns turns) {
        return turns.system != null
                && turns.user != null
                && turns.assistant != null
                && List.of(turns.system, turns.user, turns.assistant).stream()
                        .allMatch(turn -> turn.before != null && turn.after != null);
    }

    Path file(String name) {
        return Path.of(folder, name);
    }

    /** The text that the model goes on with. */
    String prompt(List<Message> messages) {
        if (turns.isEmpty()) {
            return messages.stream().map(Message::text).collect(Collectors.joining("\n\n"));
        }
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            Turn turn = switch (message.speaker()) {
                case SYSTEM -> turns.get().system;
                case USER -> turns.get().user;
                case ASSISTANT -> turns.get().assistant;
            };
            text.append(turn.before).append(message.text()).append(turn.after);
        }
        return text.append(turns.get().assistant.before).toString();
    }
}
