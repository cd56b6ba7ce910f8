;; Stores take immediates and registers.
(module
  (memory 1)
  (func (param i32 i64 f32)
    local.get 0
    i32.const 7
    i32.store
    local.get 0
    local.get 1
    i64.store16 offset=2
    local.get 0
    local.get 2
    f32.store offset=8))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 24 00 00 00               jb 0x3b
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;     | 0020  44 0f 28 c0                     movaps xmm8, xmm0
;;   local.get 0
;;   i32.const 7
;;   i32.store
;;     | 0024  41 c7 04 1f 07 00 00 00         mov dword ptr [r15 + rbx], 7
;;   local.get 0
;;   local.get 1
;;   i64.store16 offset=2
;;     | 002c  66 45 89 64 1f 02               mov word ptr [r15 + rbx + 2], r12w
;;   local.get 0
;;   local.get 2
;;   f32.store offset=8
;;     | 0032  f3 45 0f 11 44 1f 08            movss dword ptr [r15 + rbx + 8], xmm8
;;   end
;;     | 0039  c9                              leave
;;     | 003a  c3                              ret
;;   behind the function
;;     | 003b  0f 0b                           ud2
