package dev.hone.connectors.http;

import java.util.Optional;

/**
 * An answer of HTTP, read to its end.
 *
 * @param type the media type in lower case; empty when it has none
 * @param charset in which the text is, by its name; UTF-8 unless the answer says otherwise
 */
record Answer(
        int status, String type, String charset, Optional<String> location, Optional<String> retryAfter, byte[] body) {

    boolean leadsOn() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }
}
