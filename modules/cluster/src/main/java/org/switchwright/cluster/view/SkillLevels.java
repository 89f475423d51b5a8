package org.switchwright.cluster.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedMap;
import org.switchwright.domain.Skill;

/** Skills with their levels as a table holds them: {@code {"german": 7}}. */
final class SkillLevels {
  private static final TypeReference<SortedMap<Skill, Integer>> TYPE = new TypeReference<>() {};

  private final ObjectMapper mapper;

  SkillLevels(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  String write(SortedMap<Skill, Integer> levels) {
    try {
      return mapper.writeValueAsString(levels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected to write skills, but could not", e);
    }
  }

  SortedMap<Skill, Integer> read(String json) {
    try {
      return mapper.readValue(json, TYPE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected skills with levels, but got another text", e);
    }
  }
}
