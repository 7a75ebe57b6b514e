using System.Reflection;
using System.Runtime.InteropServices;

namespace EodPredict.XGBoost;

/// <summary>Loads libxgboost, once a process, at first use.</summary>
internal static unsafe class XGBoostLibrary
{
    private static readonly string[] FileNames = ["libxgboost.so.0", "libxgboost.so"];
    private static readonly Version Oldest = new(1, 7, 0);
    private static readonly Version TooNew = new(2, 0, 0);
    private static readonly Lazy<nint> Handle = new(() => Load(FileNames));
    private static readonly Lazy<Version> Loaded = new(ReadVersion);

    static XGBoostLibrary() => NativeLibrary.SetDllImportResolver(typeof(XGBoostLibrary).Assembly, Resolve);

    /// <summary>The version of the library.</summary>
    /// <exception cref="XGBoostException">It is not there or too old.</exception>
    public static Version Version => Loaded.Value;

    /// <summary>Turns a refusal of the library into an exception that carries its first line.</summary>
    public static void Check(int result)
    {
        if (result == 0)
            return;

        var message = Marshal.PtrToStringUTF8((nint)NativeMethods.XGBGetLastError()) ?? "";
        throw new XGBoostException($"XGBoost refused a call: {message.Split('\n')[0]}");
    }

    /// <summary>The first of these libraries that can be loaded.</summary>
    public static nint Load(IEnumerable<string> fileNames)
    {
        // Threads that wait by spinning take the processor from one another. The runtime's own variables do not reach native code.
        if (NativeMethods.SetEnvironment("OMP_WAIT_POLICY", "passive", 0) != 0)
            throw new XGBoostException("The environment variable OMP_WAIT_POLICY could not be set.");

        foreach (var fileName in fileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out var handle))
                return handle;
        }

        throw new XGBoostException(
            $"The library of XGBoost ({string.Join(" or ", fileNames)}) cannot be loaded. "
            + "Debian, Ubuntu: apt-get install -y --no-install-recommends libxgboost0");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == NativeMethods.Library ? Handle.Value : 0;

    private static Version ReadVersion()
    {
        NativeMethods.XGBoostVersion(out var major, out var minor, out var patch);
        var version = new Version(major, minor, patch);
        return version >= Oldest && version < TooNew
            ? version
            : throw new XGBoostException($"XGBoost {version} is installed; its models are read exactly from {Oldest} to before {TooNew}.");
    }
}
