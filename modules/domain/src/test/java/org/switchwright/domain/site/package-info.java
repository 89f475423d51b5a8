/** Rules of the site, one test a rule. */
package org.switchwright.domain.site;
