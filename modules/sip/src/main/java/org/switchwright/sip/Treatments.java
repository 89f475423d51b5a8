package org.switchwright.sip;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.LegReport.TreatmentFailure;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.SessionDescription;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.Reports.Outcome;
import org.switchwright.sip.media.Clip;
import org.switchwright.sip.media.MediaStream;
import org.switchwright.sip.media.Player;
import org.switchwright.sip.media.Sound;
import org.switchwright.sip.media.SoundLibrary;
import org.switchwright.sip.sdp.Direction;
import org.switchwright.sip.sdp.Origin;
import org.switchwright.sip.sdp.RemoteAudio;
import org.switchwright.sip.sdp.SessionDescriptions;
import org.switchwright.sip.sdp.SessionDescriptions.Answer;

/** What a waiting caller hears: the player's session as the calls' signals want it. */
final class Treatments {
  private final EdgeParts parts;
  private final Player player;
  private final Reinvites reinvites;
  private final SoundLibrary sounds;

  Treatments(EdgeParts parts, Player player, Reinvites reinvites, SoundLibrary sounds) {
    this.parts = parts;
    this.player = player;
    this.reinvites = reinvites;
    this.sounds = sounds;
  }

  /** The player's side of a call. */
  static final class Treatment {
    final MediaStream stream;
    final LegReport.TreatmentStarted started;
    Clip music = Sound.MUSIC;

    Treatment(MediaStream stream, LegReport.TreatmentStarted started) {
      this.stream = stream;
      this.started = started;
    }
  }

  void start(LiveCall call, Signal.StartTreatment signal) {
    Treatment known = call.treatment;
    if (known != null) {
      parts.reports().report(call.id, known.started);
      return;
    }
    Optional<KeyId> key = key(call, signal.offered(), signal.previous());
    if (key.isEmpty()) {
      fail(call, TreatmentFailure.NO_CAPACITY);
      return;
    }
    Optional<MediaStream> stream = player.open(previousPort(signal.previous()));
    if (stream.isEmpty()) {
      fail(call, TreatmentFailure.NO_CAPACITY);
    } else if (signal.offered() == null) {
      String offer =
          SessionDescriptions.offer(origin(call), stream.get().port(), Direction.SENDRECV);
      begin(call, stream.get(), Personal.of(key.get(), offer), null);
    } else {
      String offered = SipWriter.text(signal.offered());
      switch (SessionDescriptions.answer(offered, origin(call), stream.get().port())) {
        case Answer.Answered answered ->
            begin(call, stream.get(), Personal.of(key.get(), answered.sdp()), answered);
        case Answer.NoCommonCodec _, Answer.Unreadable _ -> {
          stream.get().stop();
          fail(call, TreatmentFailure.NO_COMMON_CODEC);
        }
      }
    }
  }

  private static Optional<KeyId> key(
      LiveCall call, @Nullable Personal offered, @Nullable Personal previous) {
    if (call.key != null) {
      return Optional.of(call.key);
    }
    return Optional.ofNullable(offered).or(() -> Optional.ofNullable(previous)).map(Personal::key);
  }

  private static int previousPort(@Nullable Personal previous) {
    return Optional.ofNullable(previous)
        .flatMap(Personal::text)
        .flatMap(SessionDescriptions::audioOf)
        .map(RemoteAudio::port)
        .orElse(0);
  }

  /** Always of the first version: the leg's own version is put in when it is sent. */
  private Origin origin(LiveCall call) {
    return parts.writer().origin(call.id, 0, 1);
  }

  private void begin(
      LiveCall call, MediaStream stream, Personal session, Answer.@Nullable Answered answered) {
    Treatment treatment = new Treatment(stream, new LegReport.TreatmentStarted(session));
    call.treatment = treatment;
    parts
        .reports()
        .submit(
            call.id,
            treatment.started,
            outcome -> {
              if (outcome instanceof Outcome.Lost) {
                stop(call);
              } else if (answered != null) {
                play(treatment, answered);
              }
            });
  }

  private void fail(LiveCall call, TreatmentFailure failure) {
    parts.reports().report(call.id, new LegReport.TreatmentFailed(failure));
  }

  private static void play(Treatment treatment, Answer.Answered answered) {
    MediaStream stream = treatment.stream;
    if (answered.direction().sends()) {
      stream.play(
          treatment.music, answered.law(), answered.payloadType(), socket(answered.remote()));
    } else {
      stream.pause();
    }
  }

  /** The address is a literal: no name is looked up. */
  private static InetSocketAddress socket(RemoteAudio remote) {
    return new InetSocketAddress(remote.address(), remote.port());
  }

  /** The answer to our offer came in the ACK. */
  void direct(LiveCall call, Signal.DirectTreatment signal) {
    Treatment treatment = call.treatment;
    Optional<RemoteAudio> remote = SessionDescriptions.audioOf(SipWriter.text(signal.answered()));
    if (treatment != null && remote.isPresent() && remote.get().law().isPresent()) {
      direct(treatment, remote.get());
    }
  }

  private static void direct(Treatment treatment, RemoteAudio remote) {
    MediaStream stream = treatment.stream;
    RemoteAudio.Payload law = remote.law().orElseThrow();
    if (remote.direction().receives()) {
      stream.play(
          treatment.music,
          org.switchwright.sip.sdp.Law.valueOf(law.encoding()),
          law.type(),
          socket(remote));
    } else {
      stream.pause();
    }
  }

  /** The caller re-INVITEs while waiting: held music is silent, another address is followed. */
  void renew(LiveCall call, Signal.RenewTreatment signal) {
    LiveLeg leg = call.leg(0);
    Treatment treatment = call.treatment;
    if (treatment == null) {
      reinvites.refuse(leg, new Signal.RefuseReinvite(0, signal.reinvite(), Refusal.RENEGOTIATING));
      return;
    }
    MediaStream stream = treatment.stream;
    Personal offered = signal.offered();
    String session;
    if (offered == null) {
      session = SessionDescriptions.offer(origin(call), stream.port(), Direction.SENDRECV);
    } else {
      switch (SessionDescriptions.answer(SipWriter.text(offered), origin(call), stream.port())) {
        case Answer.Answered answered -> {
          session = answered.sdp();
          play(treatment, answered);
        }
        case Answer.NoCommonCodec _, Answer.Unreadable _ -> {
          reinvites.refuse(
              leg, new Signal.RefuseReinvite(0, signal.reinvite(), Refusal.NOT_ACCEPTABLE));
          return;
        }
      }
    }
    Personal text = Personal.of(signal.reinvite().headers().key(), session);
    reinvites.answer(
        leg,
        signal.reinvite(),
        parts.writer().session(call.id, 0, new SessionDescription(text, signal.version())),
        signal.timer());
  }

  /** Another queue may have other music. */
  void play(LiveCall call, Signal.PlayMusic signal) {
    Treatment treatment = call.treatment;
    Clip music = sounds.music(signal.name());
    if (treatment != null && !treatment.music.equals(music)) {
      treatment.music = music;
      treatment.stream.change(music);
    }
  }

  /** Says how the wait stands; nothing where no music plays, or something is being said. */
  void announce(LiveCall call, Signal.Announce signal) {
    Treatment treatment = call.treatment;
    if (treatment != null) {
      treatment.stream.say(sounds.prompts(Wording.of(signal.position(), signal.expectedWait())));
    }
  }

  void stop(LiveCall call) {
    Treatment treatment = call.treatment;
    call.treatment = null;
    if (treatment != null) {
      treatment.stream.stop();
    }
  }
}
