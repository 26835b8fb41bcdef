package dev.hone.connectors.files;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Names the files of a store: {@code exec: {tool: file-list, in: {store: reports}}}. */
public final class FileList extends OperatorTool<FileList.Input, FileList.Output> {

    private static final int MOST = 1_000;

    /**
     * @param store the name under which the operator knows it; see {@link Store}
     * @param under what their paths begin with; everything when absent
     */
    public record Input(String store, Optional<String> under) {}

    /**
     * @param files in the order of their paths
     * @param more whether there are more than 1,000
     */
    public record Output(List<Entry> files, boolean more) {}

    /** A file. */
    public record Entry(String path, long bytes) {}

    /** Reads the environment. */
    public FileList() {
        this(System::getenv);
    }

    FileList(UnaryOperator<String> variables) {
        super("file-list", Input.class, Output.class, variables);
    }

    /** @throws ConnectorException of kind UNKNOWN without such a store; BAD_INPUT; BROKEN when the disk cannot be read */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Store> setting = Store.of(input.store(), variables);
        String under = input.under().orElse("");
        if (under.startsWith("/") || under.contains("..")) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "the beginning of the paths goes up", "name a directory of the store, or nothing");
        }
        try {
            List<Entry> files = Listing.of(setting.value().root()).stream()
                    .filter(entry -> entry.path().startsWith(under))
                    .toList();
            return new Output(files.subList(0, Math.min(MOST, files.size())), files.size() > MOST);
        } catch (IOException e) {
            throw Store.failed(setting, under, e);
        }
    }
}
