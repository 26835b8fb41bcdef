package dev.hone.connectors.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture that is a part of a message.
 *
 * @param mediaType for example {@code image/png}
 * @param base64 the file
 * @param width in points
 * @param height in points
 */
public record Image(String mediaType, String base64, int width, int height) {

    /** The longest picture, in characters of Base64; the providers' own limits are near it. */
    public static final int LONGEST = 6_800_000;

    /** The longest side, in points. */
    public static final int WIDEST = 4096;

    private static final Map<String, String> MEDIA_TYPES =
            Map.of("png", "image/png", "jpeg", "image/jpeg", "gif", "image/gif");

    /**
     * A picture from text.
     *
     * @param text a PNG, JPEG or GIF in Base64, alone or as a {@code data:} URL (RFC 2397)
     * @throws ConnectorException of kind BAD_INPUT when it is none, or too large
     */
    public static Image of(String text) throws ConnectorException {
        String base64 = (text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text).strip();
        if (base64.length() > LONGEST) {
            throw bad("a picture has " + base64.length() + " characters of Base64; " + LONGEST + " are the limit");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)))) {
            return of(base64, in);
        } catch (IllegalArgumentException | IOException e) {
            throw bad("what should be a picture cannot be read as one");
        }
    }

    private static Image of(String base64, ImageInputStream in) throws IOException, ConnectorException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw bad("what should be a picture is none");
        }
        ImageReader reader = readers.next();
        try {
            String mediaType = MEDIA_TYPES.get(reader.getFormatName().toLowerCase(Locale.ROOT));
            if (mediaType == null) {
                throw bad("a picture is a " + reader.getFormatName());
            }
            reader.setInput(in);
            Image image = new Image(mediaType, base64, reader.getWidth(0), reader.getHeight(0));
            if (Math.max(image.width, image.height) > WIDEST) {
                throw bad("a picture has " + image.width + " by " + image.height + " points; " + WIDEST
                        + " are the limit of a side");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private static ConnectorException bad(String what) {
        return new ConnectorException(
                ConnectorException.Kind.BAD_INPUT,
                what,
                "give a PNG, JPEG or GIF in Base64, alone or as a data: URL, made smaller where it is too large");
    }
}
