using System.Collections.Frozen;

namespace Relay.Slack;

/// <summary>Slack's codes for what went wrong, as far as they are known.</summary>
internal static class SlackErrorCodes
{
    private static readonly FrozenDictionary<string, ErrorKind> Known = new Dictionary<ErrorKind, string[]>
    {
        [ErrorKind.RateLimited] = ["ratelimited", "rate_limited", "message_limit_exceeded"],
        [ErrorKind.Retry] = ["rollup_error", "fatal_error", "internal_error", "service_unavailable", "request_timeout"],
        [ErrorKind.Malformed] =
        [
            "no_text", "attachment_payload_limit_exceeded", "missing_text_or_fallback_or_attachments",
            "json_not_object", "missing_post_type", "missing_charset", "metadata_too_large",
        ],
        [ErrorKind.MessageGone] =
        [
            "message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "cannot_reply_to_message",
            "restricted_action_thread_locked",
        ],
        [ErrorKind.Gone] =
        [
            "invalid_auth", "invalid_token", "invalid_channel", "not_authed", "token_revoked", "token_expired", "account_inactive",
            "not_in_channel", "is_archived", "is_inactive", "user_not_found", "team_disabled", "team_not_found", "missing_scope",
            "action_prohibited", "posting_to_general_channel_denied", "not_allowed_token_type", "access_denied", "ekm_access_denied",
            "enterprise_is_restricted", "team_access_not_granted", "org_login_required", "two_factor_setup_required",
            "messages_tab_disabled", "cannot_dm_bot", "method_deprecated", "deprecated_endpoint", "accesslimited",
        ],
    }
        .SelectMany(kind => kind.Value, (kind, code) => KeyValuePair.Create(code, kind.Key))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What to do about <paramref name="code"/>; null when the code does not say.</summary>
    public static ErrorKind? KindOf(string? code) => code switch
    {
        null => null,
        _ when Known.TryGetValue(code, out var kind) => kind,
        _ when Starts(code, "invalid_", "too_many_") || code.EndsWith("_too_long", StringComparison.Ordinal) => ErrorKind.Malformed,
        _ when Starts(code, "channel_", "no_", "restricted_action") => ErrorKind.Gone,
        _ => null,
    };

    private static bool Starts(string code, params ReadOnlySpan<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (code.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
