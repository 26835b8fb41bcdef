package dev.hone.connectors.chat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.testkit.RemoteContract;
import java.net.URI;

/** The contract of everything that speaks HTTP, held by the OpenAI protocol. */
class ChatOnHostileServerTest extends RemoteContract {

    @Override
    protected Object call(URI address, SecretRef key, CallContext context) throws ConnectorException {
        return new ChatProvider.Compatible()
                .open("echo", Calls.withKey(address))
                .generate(Calls.HELLO, context);
    }

    @Override
    protected String reply() {
        return """
                {"id": "c1", "object": "chat.completion", "model": "echo", "choices": [
                  {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "one two three"}}],
                 "usage": {"prompt_tokens": 3, "completion_tokens": 3, "total_tokens": 6}}""";
    }

    @Override
    protected SecretRef key() {
        return Calls.KEY_REF;
    }
}
