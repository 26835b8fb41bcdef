package dev.hone.connectors.http;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which addresses belong to the public internet (the special-purpose registries of RFC 6890). */
final class Public {

    private Public() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? four(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255) : six(bytes);
    }

    private static boolean four(int a, int b, int c) {
        boolean thisNetwork = a == 0;
        boolean shared = a == 100 && b >= 64 && b < 128;
        boolean protocol = a == 192 && b == 0 && (c == 0 || c == 2);
        boolean relay = a == 192 && b == 88 && c == 99;
        boolean benchmark = a == 198 && (b == 18 || b == 19);
        boolean example = a == 198 && b == 51 && c == 100 || a == 203 && b == 0 && c == 113;
        boolean reserved = a >= 240;
        return !(thisNetwork || shared || protocol || relay || benchmark || example || reserved);
    }

    /** Only global unicast, and of that no tunnels and translations, which would lead to any IPv4 address, and no examples. */
    private static boolean six(byte[] bytes) {
        int first = (bytes[0] & 255) << 8 | bytes[1] & 255;
        int second = (bytes[2] & 255) << 8 | bytes[3] & 255;
        boolean global = (first & 0xe000) == 0x2000;
        boolean sixToFour = first == 0x2002;
        boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0db8);
        boolean example = first == 0x3fff && second < 0x1000;
        return global && !sixToFour && !special && !example;
    }
}
