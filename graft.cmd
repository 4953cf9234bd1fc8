@echo off
rem Runs the graft command on Windows, and builds it first when it is missing. What ./graft does besides is left out: a build that
rem is older than its sources is not noticed (run mvn install), and no archive of classes is kept.
rem
rem   GRAFT_JAVA_OPTS    options for the Java process, such as -Xmx8g
rem   GRAFT_MAVEN_ARGS   options for the build
rem   GRAFT_OFFLINE=1    keeps the build, as every command, off the network
rem   JAVA_HOME          which JDK to use; otherwise the java on the PATH
setlocal
set "root=%~dp0"
set "target=%root%graft-cli\target"
set "jar=%target%\graft-cli.jar"

if defined JAVA_HOME (
    set "java=%JAVA_HOME%\bin\java.exe"
) else (
    set "java=java.exe"
)
if defined JAVA_HOME if not exist "%JAVA_HOME%\bin\java.exe" (
    echo graft: JAVA_HOME is %JAVA_HOME%, which holds no bin\java.exe.>&2
    echo   to fix    let JAVA_HOME name a JDK 17 or newer, or unset it>&2
    exit /b 1
)
if not defined JAVA_HOME (
    where java.exe >nul 2>nul || (
        echo graft: there is no java on the PATH.>&2
        echo   expected  a JDK 17 or newer>&2
        echo   to fix    install one, or set JAVA_HOME>&2
        exit /b 1
    )
)

if not exist "%jar%" call :build || exit /b 1

set "OPT_OUT_TRACKING=true"
"%java%" -XX:+UseSerialGC -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 -XX:MaxNewSize=128m -Djava.awt.headless=true -Dai.djl.offline=true -DOPT_OUT_TRACKING=true %GRAFT_JAVA_OPTS% -jar "%jar%" %*
exit /b %ERRORLEVEL%

:build
where mvn.cmd >nul 2>nul || (
    echo graft: there is no mvn on the PATH.>&2
    echo   expected  Apache Maven 3.8 or newer, because the first run builds Graft>&2
    exit /b 1
)
if not exist "%target%" mkdir "%target%"
echo Building Graft (first run, a few minutes)...>&2
set "offline="
if "%GRAFT_OFFLINE%"=="1" set "offline=-o"
pushd "%root%"
call mvn.cmd -B -ntp %offline% -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "!graft-spark_2.13" %GRAFT_MAVEN_ARGS% verify >"%target%\graft-build.log" 2>&1
set "code=%ERRORLEVEL%"
popd
if not "%code%"=="0" (
    findstr /b /c:"[ERROR]" "%target%\graft-build.log" >&2
    echo graft: the build failed.>&2
    echo   where     %target%\graft-build.log>&2
    exit /b 1
)
exit /b 0
