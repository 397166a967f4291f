package dev.keratin.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {
    private static final byte[] CONTENT = "a file".getBytes(StandardCharsets.UTF_8);
    private static final String MD5 = "d6d0c756fb8abfb33e652a20e85b70bc";
    private static final String SHA256 = "7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2";

    @TempDir
    private Path home;

    private final AtomicInteger asked = new AtomicInteger();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/folder/name.h5", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.createContext("/moved.h5", exchange -> {
            exchange.getResponseHeaders().add("Location", "/folder/name.h5");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private PublishedFile file(String hash) {
        return new PublishedFile(address("/folder/name.h5"), hash);
    }

    private Downloads downloads() {
        return new Downloads(home.resolve("models"), new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private Stream<Path> kept() throws IOException {
        return Files.list(home.resolve("models"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MD5, SHA256})
    void fetch_twice_asksOnce(String hash) {
        Path first = downloads().fetch(file(hash));
        Path second = downloads().fetch(file(hash));

        assertThat(first).isEqualTo(second).isEqualTo(home.resolve("models/name.h5")).hasBinaryContent(CONTENT);
        assertThat(asked).hasValue(1);
    }

    @Test
    void fetch_something_tellsHowFarItIs() {
        downloads().fetch(file(MD5));

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("Downloading " + address("/folder/name.h5")).contains(" 10% 20%")
                .endsWith(" 100%" + System.lineSeparator());
    }

    @Test
    void fetch_damagedFileInItsPlace_replacesIt() throws IOException {
        Path place = downloads().fetch(file(MD5));
        Files.writeString(place, "half");

        assertThat(downloads().fetch(file(MD5))).hasBinaryContent(CONTENT);
    }

    @Test
    void fetch_anotherHash_isRefusedAndKeepsNothing() throws IOException {
        String hash = MD5.replace('d', 'e');

        assertThatThrownBy(() -> downloads().fetch(file(hash))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("name.h5: a network or the file").hasMessageContaining("MD5 is not " + hash)
                .hasMessageContaining("put it at " + home.resolve("models/name.h5"));
        assertThat(kept()).isEmpty();
    }

    @Test
    void fetch_aFileWithoutAHash_asksOnce() {
        PublishedFile unchecked = new PublishedFile(address("/folder/name.h5"), null);

        assertThat(downloads().fetch(unchecked)).hasBinaryContent(CONTENT);
        assertThat(downloads().fetch(unchecked)).hasBinaryContent(CONTENT);
        assertThat(asked).hasValue(1);
    }

    @Test
    void fetch_notThere_tellsTheStatus() throws IOException {
        assertThatThrownBy(() -> downloads().fetch(new PublishedFile(address("/none.h5"), MD5)))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("HTTP status 404");
        assertThat(kept()).isEmpty();
    }

    @Test
    void fetch_withoutANetwork_saysWhereToPutTheFile() {
        PublishedFile file = file(MD5);
        server.stop(0);

        assertThatThrownBy(() -> downloads().fetch(file)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ConnectException").hasMessageContaining("Fetch " + file.address());
    }

    @Test
    void fetch_movedFile_followsToWhereItIs() {
        assertThat(downloads().fetch(new PublishedFile(address("/moved.h5"), MD5)))
                .isEqualTo(home.resolve("models/moved.h5")).hasBinaryContent(CONTENT);
    }

    @Test
    void fetch_brokenOff_keepsNothing() throws IOException {
        server.createContext("/broken.h5", exchange -> {
            exchange.sendResponseHeaders(200, 2L * CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.getResponseBody().flush();
            exchange.close();
        });

        assertThatThrownBy(() -> downloads().fetch(new PublishedFile(address("/broken.h5"), MD5)))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(kept()).isEmpty();
    }
}
