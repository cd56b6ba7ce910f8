;; More arguments than registers.
(module
  (func $g (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) (i32.add (local.get 0) (local.get 8)))
  (func $f (param i32) (result i32)
    (call $g (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (local.get 0))))

;; Graph
;; b0:
;;   v0 = call f0(p0:i32, 1, 2, 3, 4, 5, 6, 7, p0:i32): i32
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 3a 00 00 00              jb +0x4d
;; b0:
;;   0013  48 83 ec 20                    sub rsp, 32
;;   0017  c7 04 24 06 00 00 00           mov dword ptr [rsp], 6
;;   001e  c7 44 24 08 07 00 00 00        mov dword ptr [rsp + 8], 7
;;   0026  89 7c 24 10                    mov [rsp + 16], edi
;;   002a  b9 03 00 00 00                 mov ecx, 3
;;   002f  ba 02 00 00 00                 mov edx, 2
;;   0034  be 01 00 00 00                 mov esi, 1
;;   0039  41 b8 04 00 00 00              mov r8d, 4
;;   003f  41 b9 05 00 00 00              mov r9d, 5
;;   0045  ff 15 00 00 00 00              call [rip]
;;   004b  c9                             leave
;;   004c  c3                             ret
;; outOfLine:
;;   004d  0f 0b                          ud2
