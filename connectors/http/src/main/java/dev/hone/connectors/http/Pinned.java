package dev.hone.connectors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Looks a name up once, and refuses it when one of its addresses is private; the connection goes to the addresses that were
 * looked at, so that a name that changes in between leads nowhere else.
 */
public final class Pinned implements DnsResolver {

    /** That a name leads into a private network. */
    public static final class Private extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Private(String host) {
            super(host);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        for (InetAddress address : addresses) {
            if (!Public.is(address)) {
                throw new Private(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
}
