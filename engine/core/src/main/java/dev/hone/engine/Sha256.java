package dev.hone.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Addresses of content. */
public final class Sha256 {

    private Sha256() {}

    /** The hash of a file with this text in hex, as {@code sha256sum} prints it. */
    public static String ofFile(String text) {
        return hex(digest -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash of texts in hex; another split of the same characters has another hash. */
    public static String of(String... texts) {
        return hex(digest -> {
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
        });
    }

    private static String hex(Consumer<MessageDigest> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.accept(digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
