using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EodPredict.Access;

/// <summary>The keys themselves: made once, shown once, and never stored.</summary>
public static class AccessSecret
{
    // Tells people, and programs that look for secrets in files, what it is.
    private const string Prefix = "eod_";
    private const int Bytes = 32;

    /// <summary>A new key: 256 bits from the system's generator, after a prefix, in characters that need no quoting anywhere.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// What is stored of a key: SHA-256 in lower-case hexadecimal. A slow hash with a salt protects passwords, which can be guessed; of 256
    /// random bits nobody can try enough, and a fast hash lets every request be checked.
    /// </summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
