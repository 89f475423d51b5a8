/** The agent's own record: wishes, skills, and the station's registration. */
@NullMarked
package org.switchwright.domain.agent;

import org.jspecify.annotations.NullMarked;
