package dev.keratin.applications;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * Fetches files that Keras publishes, each once: into a folder, where a file appears whole and with the right hash or not at
 * all, whatever process fetches it at the same time.
 *
 * @param folder made when the first file is fetched
 * @param out is told what is fetched and how far it is
 */
record Downloads(Path folder, PrintStream out) {
    private static final int BLOCK = 1 << 16;
    private static final int OK = 200;
    private static final Duration CONNECTING = Duration.ofSeconds(30);

    /** Those of this user, in {@code .keratin/models} of the home folder. */
    static Downloads ofUser() {
        return new Downloads(Path.of(System.getProperty("user.home"), ".keratin", "models"), System.out);
    }

    /**
     * Where the file is, after fetching it if it is not there or not as published.
     *
     * @throws UncheckedIOException if it can't be fetched, or is not what was published
     */
    Path fetch(PublishedFile file) {
        Path place = folder.resolve(file.name());
        try {
            if (!file.isAt(place)) {
                Files.createDirectories(folder);
                fetch(file, place);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(file.name() + ": a network or the file in its place is required. Received: "
                    + e + ". Fetch " + file.address() + " where there is a network, and put it at " + place + ".", e);
        }
    }

    private void fetch(PublishedFile file, Path place) throws IOException {
        Path part = Files.createTempFile(folder, file.name(), ".part");
        try {
            MessageDigest digest = file.digest();
            try (OutputStream to = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                copy(file.address(), to);
            }
            if (!file.hasHash(digest)) {
                throw new IOException("a file of which the " + file.algorithm() + " is not " + file.hash());
            }
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void copy(URI address, OutputStream to) throws IOException {
        HttpResponse<InputStream> response = ask(address);
        try (InputStream from = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            long bytes = response.headers().firstValueAsLong("content-length").orElse(0);
            DownloadProgress progress = new DownloadProgress(out, address, bytes);
            byte[] block = new byte[BLOCK];
            for (int read = from.read(block); read >= 0; read = from.read(block)) {
                to.write(block, 0, read);
                progress.add(read);
            }
            progress.end();
        }
    }

    private static HttpResponse<InputStream> ask(URI address) throws IOException {
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECTING).build();
        try {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("an interruption", e);
        }
    }
}
