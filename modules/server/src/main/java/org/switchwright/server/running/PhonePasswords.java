package org.switchwright.server.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.journal.database.PrivateFiles;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.sip.digest.Credentials;
import org.switchwright.sip.digest.DigestAlgorithm;

/**
 * What agents' phones authenticate with: hashes from the configuration, or passwords from a file,
 * which are made at the first start where the configuration asks for that.
 */
public final class PhonePasswords implements Credentials {
  /** Easy to type on a phone, and no two of them look alike. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int PASSWORD_CHARS = 16;
  private static final int MAX_BYTES = 10_000_000;

  private final Map<String, Configuration.Hashes> hashes = new TreeMap<>();
  private final Map<String, String> passwords = new TreeMap<>();

  private PhonePasswords() {}

  /**
   * Reads them, and makes those that are missing.
   *
   * @param file of lines "agent password"
   * @throws IOException naming the file and the line where it cannot be read
   */
  public static PhonePasswords open(Configuration.Site site, Path file) throws IOException {
    PhonePasswords known = new PhonePasswords();
    site.agents()
        .forEach((id, agent) -> agent.hashes().ifPresent(it -> known.hashes.put(id.value(), it)));
    boolean needed = known.hashes.size() < site.agents().size();
    if (needed && site.generatePasswords() && mayWrite(file)) {
      known.complete(site, file);
    } else if (Files.exists(file)) {
      known.read(Files.readString(file), file);
    }
    for (AgentId id : site.agents().keySet()) {
      if (known.isMissing(id)) {
        throw new IOException(
            "Expected a line \"" + id + " PASSWORD\" in " + file + ", but there is none");
      }
    }
    return known;
  }

  private static boolean mayWrite(Path file) {
    return Files.notExists(file) || Files.isWritable(file);
  }

  private boolean isMissing(AgentId id) {
    return !hashes.containsKey(id.value()) && !passwords.containsKey(id.value());
  }

  /** Under a lock: nodes that share the file may start at the same time. */
  private void complete(Configuration.Site site, Path file) throws IOException {
    if (Files.notExists(file)) {
      try {
        PrivateFiles.create(file, "");
      } catch (FileAlreadyExistsException e) {
        // Another node was faster.
      }
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      String before = text(channel);
      read(before, file);
      StringBuilder made = new StringBuilder();
      for (AgentId id : site.agents().keySet()) {
        if (isMissing(id)) {
          String password = random();
          passwords.put(id.value(), password);
          made.append(id).append(' ').append(password).append('\n');
        }
      }
      if (!made.isEmpty()) {
        String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        ByteBuffer bytes = ByteBuffer.wrap((gap + made).getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    }
  }

  /** By the channel that holds the lock: closing another one would give the lock up. */
  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_BYTES));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Read on.
    }
    return UTF_8.decode(bytes.flip()).toString();
  }

  private void read(String text, Path file) throws IOException {
    int number = 0;
    for (String each : text.lines().toList()) {
      number++;
      String line = each.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", 2);
      if (words.length != 2) {
        throw new IOException(
            "Expected \"agent password\" in line " + number + " of " + file + ", but got one word");
      }
      passwords.put(words[0], words[1]);
    }
  }

  private static String random() {
    SecureRandom chance = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int n = 0; n < PASSWORD_CHARS; n++) {
      password.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  @Override
  public Optional<String> ha1(String user, String realm, DigestAlgorithm algorithm) {
    Configuration.Hashes given = hashes.get(user);
    if (given != null) {
      return switch (algorithm) {
        case SHA_256 -> given.sha256();
        case MD5 -> given.md5();
      };
    }
    return Optional.ofNullable(passwords.get(user))
        .map(password -> algorithm.ha1(user, realm, password));
  }

  /** For phones of our own in the demonstration; empty where only hashes are known. */
  public Optional<String> password(AgentId agent) {
    return Optional.ofNullable(passwords.get(agent.value()));
  }

  @Override
  public String toString() {
    return "PhonePasswords[" + (hashes.size() + passwords.size()) + "]";
  }
}
