;; A loop's header wants what the body writes in registers. The check of the stack limit is how a loop is interrupted; its
;; cold half stands behind the function.
(module
  (func (param i32) (result i32) (local i32)
    loop
      local.get 1
      local.get 0
      i32.add
      local.set 1
      local.get 0
      i32.const -1
      i32.add
      local.tee 0
      br_if 0
    end
    local.get 1))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 1f 00 00 00               jb 0x36
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  45 31 e4                        xor r12d, r12d
;;   loop
;;     | 0020  49 3b 26                        cmp rsp, qword ptr [r14]
;;     | 0023  0f 82 0f 00 00 00               jb 0x38
;;     local.get 1
;;     local.get 0
;;     i32.add
;;     local.set 1
;;     | 0029  41 01 dc                        add r12d, ebx
;;     local.get 0
;;     i32.const -1
;;     i32.add
;;     local.tee 0
;;     | 002c  83 c3 ff                        add ebx, -1
;;     br_if 0
;;     | 002f  75 ef                           jne 0x20
;;   end
;;   local.get 1
;;   end
;;     | 0031  44 89 e0                        mov eax, r12d
;;     | 0034  c9                              leave
;;     | 0035  c3                              ret
;;   behind the function
;;     | 0036  0f 0b                           ud2
;;     | 0038  0f 0b                           ud2
;;     | 003a  eb ed                           jmp 0x29
