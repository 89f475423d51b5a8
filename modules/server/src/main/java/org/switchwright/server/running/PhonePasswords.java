package org.switchwright.server.running;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    if (Files.exists(file)) {
      known.read(file);
    }
    StringBuilder made = new StringBuilder();
    for (var agent : site.agents().entrySet()) {
      AgentId id = agent.getKey();
      agent.getValue().hashes().ifPresent(it -> known.hashes.put(id.value(), it));
      if (agent.getValue().hashes().isEmpty() && !known.passwords.containsKey(id.value())) {
        if (!site.generatePasswords()) {
          throw new IOException(
              "Expected a line \"" + id + " PASSWORD\" in " + file + ", but there is none");
        }
        String password = random();
        known.passwords.put(id.value(), password);
        made.append(id).append(' ').append(password).append('\n');
      }
    }
    if (!made.isEmpty()) {
      String before = Files.exists(file) ? Files.readString(file) : "";
      Files.deleteIfExists(file);
      try {
        PrivateFiles.create(file, before + made);
      } catch (FileAlreadyExistsException e) {
        // Another node that shares the file was faster: its passwords are the ones.
        return open(site, file);
      }
    }
    return known;
  }

  private void read(Path file) throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String[] words = text.split("\\s+", 2);
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
