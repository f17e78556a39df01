package dev.bulkhead.app.http;

import dev.bulkhead.app.http.PlainTextServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A connection of a {@link PlainTextServer}: one request, of which only the first line counts, and its answer. */
final class TextConnection {

    private static final int LONGEST_REQUEST = 16 * 1024;
    private static final int LONGEST_LINE = 2048;
    private static final String METHOD_HEAD = "HEAD";

    private final SocketChannel channel;
    private final long deadline;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private boolean firstLine = true;
    private int length;
    /** Of the line that is being received now, without its end. */
    private int lineLength;

    private ByteBuffer answer = ByteBuffer.allocate(0);
    private boolean answered;

    /** @param deadline as {@link System#nanoTime()} */
    TextConnection(SocketChannel channel, long deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    /** The time that it has left. */
    Duration left(long now) {
        return Duration.ofNanos(Math.max(0, deadline - now));
    }

    /**
     * @param buffer to use meanwhile
     * @return whether the request is complete
     * @throws IOException if the client has gone, or sends too much
     */
    boolean receive(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new EOFException();
        }
        buffer.flip();
        while (buffer.hasRemaining() && !answered) {
            if (receive(buffer.get())) {
                return true;
            }
        }
        return false;
    }

    /** @return whether this was the end of the empty line after the headers */
    private boolean receive(byte next) throws IOException {
        length++;
        if (length > LONGEST_REQUEST || line.size() > LONGEST_LINE) {
            throw new IOException("the request is too long");
        }
        if (next == '\r') {
            return false;
        }
        if (next != '\n') {
            lineLength++;
            if (firstLine) {
                line.write(next);
            }
            return false;
        }
        boolean end = lineLength == 0 && !firstLine;
        firstLine = false;
        lineLength = 0;
        return end;
    }

    private List<String> words() {
        return List.of(line.toString(StandardCharsets.ISO_8859_1).split(" ", 3));
    }

    /** What is asked for; empty where that is no request. */
    String path() {
        List<String> words = words();
        return words.size() < 2 ? "" : words.get(1).split("\\?", 2)[0];
    }

    void answer(Reply reply) {
        byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
        String head = String.format(
                Locale.ROOT,
                "HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
                reply.code(),
                reply.code() == 200 ? "OK" : "Not OK",
                body.length);
        byte[] headers = head.getBytes(StandardCharsets.ISO_8859_1);
        boolean bodiless = words().get(0).equals(METHOD_HEAD);
        answer = ByteBuffer.allocate(headers.length + body.length)
                .put(headers)
                .put(body, 0, bodiless ? 0 : body.length)
                .flip();
        answered = true;
    }

    /**
     * Sends as much of the answer as the client takes now, and the rest once it takes more.
     *
     * @return whether all has been sent
     */
    boolean send(SelectionKey key) throws IOException {
        if (!answered) {
            return false;
        }
        channel.write(answer);
        if (answer.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
            return false;
        }
        return true;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any longer, closed or not.
            answered = true;
        }
    }
}
