package dev.bulkhead.cluster.slim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** One answer. What is not a list is handed on as it is. */
final class SlimBody implements AsyncBody.Consumer<List<ByteBuffer>> {

    static final JsonFactory JSON = new JsonFactory();

    private static final int DEPTH_OF_LIST = 1;
    private static final int DEPTH_OF_ITEMS = 2;

    private final SlimKind kind;
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonParser parser;
    private final JsonGenerator generator;
    private int depth;
    private boolean inItems;
    private boolean begun;
    private boolean isObject;
    private SlimItem item;

    SlimBody(SlimKind kind, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        this.kind = kind;
        this.consumer = consumer;
        try {
            parser = JSON.createNonBlockingByteBufferParser();
            generator = JSON.createGenerator(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <U> U unwrap(Class<U> target) {
        return Optional.ofNullable(AsyncBody.Consumer.super.unwrap(target)).orElseGet(() -> consumer.unwrap(target));
    }

    /** @throws IOException if it begins as an object of JSON and does not go on as such */
    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) throws Exception {
        for (ByteBuffer buffer : buffers) {
            if (!begun && buffer.hasRemaining()) {
                begun = true;
                isObject = buffer.get(buffer.position()) == '{';
            }
        }
        if (!isObject) {
            consumer.consume(buffers, body);
            return;
        }
        for (ByteBuffer buffer : buffers) {
            read(buffer);
        }
        if (out.size() > 0) {
            List<ByteBuffer> reduced = List.of(ByteBuffer.wrap(out.toByteArray()));
            out.reset();
            consumer.consume(reduced, body);
        } else {
            body.consume();
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        ((ByteBufferFeeder) parser.getNonBlockingInputFeeder()).feedInput(buffer);
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            read(token);
            token = parser.nextToken();
        }
        generator.flush();
    }

    private void read(JsonToken token) throws IOException {
        if (token.isStructEnd()) {
            depth--;
        }
        if (item == null && inItems && depth == DEPTH_OF_ITEMS && token == JsonToken.START_OBJECT) {
            item = new SlimItem(kind);
        }
        if (item == null) {
            copy(token);
        } else {
            item.read(parser, token);
            if (depth == DEPTH_OF_ITEMS && token == JsonToken.END_OBJECT) {
                generator.writeRawValue(item.json());
                item = null;
            }
        }
        if (token.isStructStart()) {
            depth++;
        }
    }

    private void copy(JsonToken token) throws IOException {
        if (depth == DEPTH_OF_LIST && token == JsonToken.FIELD_NAME) {
            inItems = parser.currentName().equals("items");
        }
        generator.copyCurrentEvent(parser);
    }
}
