/* SPDX-License-Identifier: EUPL-1.2 */
/* The settings of a sign-in by others: key and whether it must be there. One line each; included with X
 * defined. tools/docs checks that docs/inloggen.md has each. */
X("issuer", true)
X("client_id", true)
X("client_secret_file", true)
X("redirect", true)
X("label", false)
X("scopes", false)
X("name_claim", false)
X("roles", true)
X("second_factor", false)
X("four_eyes", false)
X("clock_skew_s", false)
X("after_logout", false)
X("own_network", false)
X("ca_file", false)
X("proxy", false)
