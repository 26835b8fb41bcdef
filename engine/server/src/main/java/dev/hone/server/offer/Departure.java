package dev.hone.server.offer;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import reactor.core.publisher.Mono;

/**
 * Notices that a caller goes away who is owed one answer at the end. A stream notices by itself, because it writes; here the
 * connection has to be read, which nobody does while an answer is made.
 */
public final class Departure {

    private Departure() {}

    /** The answer, during which a closed connection is noticed. @param gone runs then, on the connection's own thread */
    public static <T> Mono<T> noticed(HttpRequest<?> request, Mono<T> answer, Runnable gone) {
        HttpRequest<?> inner = request;
        while (inner instanceof HttpRequestWrapper<?> wrapper) {
            inner = wrapper.getDelegate();
        }
        if (!(inner instanceof NettyHttpRequest<?> netty)) {
            return answer;
        }
        Channel channel = netty.getChannelHandlerContext().channel();
        GenericFutureListener<Future<Void>> closed = future -> gone.run();
        return answer.doOnSubscribe(begun -> {
                    channel.closeFuture().addListener(closed);
                    channel.read();
                })
                .doFinally(end -> channel.closeFuture().removeListener(closed));
    }
}
